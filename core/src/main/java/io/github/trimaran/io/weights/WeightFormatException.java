package io.github.trimaran.io.weights;

import io.github.trimaran.io.files.Printable;
import java.io.IOException;

/**
 * A file of weights that is damaged, hostile, or of a kind that is not read; one line names file
 * and reason.
 */
public class WeightFormatException extends IOException {

  private static final long serialVersionUID = 1L;
  private static final int MAX_REASON = 400;

  /** An exception for this file and this reason. */
  public WeightFormatException(String file, String reason) {
    super(line(file, reason));
  }

  /** The same with what caused it. */
  public WeightFormatException(String file, String reason, Throwable cause) {
    super(line(file, reason), cause);
  }

  /** Names in hostile files can hold anything; a message is one line of bounded length. */
  private static String line(String file, String reason) {
    String printable = Printable.of(reason);
    return file
        + ": "
        + (printable.length() <= MAX_REASON
            ? printable
            : printable.substring(0, MAX_REASON) + "...");
  }
}
