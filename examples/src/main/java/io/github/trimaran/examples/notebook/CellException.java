package io.github.trimaran.examples.notebook;

/** Why a cell did not run to its end, as its reader is told. */
final class CellException extends RuntimeException {

  private static final long serialVersionUID = 1;

  CellException(String message) {
    super(message);
  }
}
