package io.github.trimaran.backend;

/**
 * A backend that is unknown, or cannot run here; the message says why and what there is instead.
 */
public final class BackendUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a one-line reason. */
  public BackendUnavailableException(String message) {
    super(message);
  }

  /** With a one-line reason and what caused it. */
  public BackendUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
