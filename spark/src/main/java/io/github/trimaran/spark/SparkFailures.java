package io.github.trimaran.spark;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;

/** Says in one line what went wrong on a cluster. */
final class SparkFailures {

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
}
