package io.github.trimaran.data;

import java.io.IOException;

/**
 * Data that is missing, damaged or not what it should be. The message is one line that names the
 * file and the way out.
 */
public class DataException extends IOException {

  private static final long serialVersionUID = 1L;

  /** With its one line. */
  public DataException(String message) {
    super(message);
  }

  /** The same with what caused it. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
