package io.github.trimaran.spark;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Says in one line what went wrong on a cluster, where Spark takes forty.
 *
 * <pre>{@code
 * try {
 *   System.out.println(spark.range(10).count());
 * } catch (Exception e) {
 *   throw SparkFailures.inOneLine("count", e);
 * }
 * }</pre>
 */
public final class SparkFailures {

  /** What the system says, in English everywhere: it comes from its own table of errors. */
  private static final String FULL = "No space left on device";

  private SparkFailures() {}

  /** Its message, or what it is without one; the first line. */
  static String message(Throwable thrown) {
    String message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    return message.lines().filter(line -> !line.isBlank()).findFirst().orElse(message);
  }

  /**
   * The reason behind what Spark throws: of ours if there is one, else Spark's.
   *
   * @param what was done
   */
  public static IOException inOneLine(String what, Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Optional<String> known = known(cause);
      if (known.isPresent()) {
        return new IOException(what + ": " + known.get(), thrown);
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
    return new IOException(what + ": Spark could not do it: " + reason(thrown), thrown);
  }

  /** The innermost reason, in one line. */
  public static String reason(Throwable thrown) {
    Throwable innermost = thrown;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String line = message(innermost);
    return known(innermost)
        .orElse(
            innermost instanceof InvalidClassException || innermost instanceof LinkageError
                ? "it has another version of Spark or of this program (" + line + ")"
                : line);
  }

  /** What to do about what Spark says in words of its own. */
  private static Optional<String> known(Throwable thrown) {
    String message = message(thrown);
    // Of a file of ours it is said which; of Spark's own only this, or which exception it was.
    if (message.equals(FULL) || message.endsWith(IOException.class.getName() + ": " + FULL)) {
      return Optional.of(
          FULL
              + " where Spark keeps what passes between executors; make room in its local folders,"
              + " or name others (spark.local.dir, SPARK_LOCAL_DIRS of the workers)");
    }
    if (message.startsWith("Cannot call methods on a stopped SparkContext")) {
      return Optional.of(
          "the master has ended this program, as it does where executors cannot start; look into"
              + " the workers' logs");
    }
    return Optional.empty();
  }
}
