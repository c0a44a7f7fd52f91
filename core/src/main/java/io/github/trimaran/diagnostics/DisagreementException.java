package io.github.trimaran.diagnostics;

/** Two backends gave different results for the same operands; the message names the operation. */
public final class DisagreementException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With the operation, the place in the model, the shapes and the largest difference. */
  public DisagreementException(String message) {
    super(message);
  }
}
