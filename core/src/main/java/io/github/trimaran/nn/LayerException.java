package io.github.trimaran.nn;

/** An error of an operation's arguments that also says which layer of which model met it. */
final class LayerException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  LayerException(IllegalArgumentException cause, String path) {
    super(cause.getMessage() + " (in " + path + ")", cause);
  }
}
