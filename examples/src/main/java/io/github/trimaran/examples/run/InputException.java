package io.github.trimaran.examples.run;

/** What the user gave cannot be used; the message is one line for them. Exit code 2. */
public final class InputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a line that names the option or file and the way out. */
  public InputException(String message) {
    super(message);
  }

  /** The same with what caused it. */
  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
