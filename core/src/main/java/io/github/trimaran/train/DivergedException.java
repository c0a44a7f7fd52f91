package io.github.trimaran.train;

/** The loss became infinite or not a number: training has failed. */
public class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DivergedException(double loss, long step, double learningRate) {
    super(
        "training: the loss is "
            + loss
            + " at step "
            + step
            + " with learning rate "
            + learningRate
            + "; try a smaller rate, warm-up or gradient clipping");
  }
}
