package io.github.trimaran.spark;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;

/** Says in one line what went wrong on a cluster. */
final class SparkFailures {

  /** What the system says, in English everywhere: it comes from its own table of errors. */
  private static final String FULL = "No space left on device";

  private SparkFailures() {}

  /** Its message, or what it is without one; the first line. */
  static String message(Throwable thrown) {
    String message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    return message.lines().filter(line -> !line.isBlank()).findFirst().orElse(message);
  }

  /**
   * The reason behind what Spark throws: of ours if there is one, else Spark's first line.
   *
   * @param what was done
   */
  static IOException inOneLine(String what, Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (isSparksFullDisk(cause)) {
        return new IOException(
            what
                + ": "
                + FULL
                + " where Spark keeps what passes between executors; make room in its local"
                + " folders, or name others (spark.local.dir, SPARK_LOCAL_DIRS of the workers)",
            thrown);
      }
      if (cause instanceof NotSerializableException e) {
        return new IOException(
            what
                + ": what is to be run cannot be sent to executors, it holds a "
                + message(e)
                + "; make that on the executors, or of numbers and texts",
            thrown);
      }
      if (cause instanceof UncheckedIOException e) {
        return e.getCause();
      }
      if (cause instanceof IOException e) {
        return e;
      }
    }
    return new IOException(what + ": Spark could not do it: " + message(thrown), thrown);
  }

  /** Of a file of ours it is said which; of Spark's own only that, or which exception it was. */
  private static boolean isSparksFullDisk(Throwable thrown) {
    String message = message(thrown);
    return message.equals(FULL) || message.endsWith(IOException.class.getName() + ": " + FULL);
  }
}
