package io.github.trimaran.train;

/**
 * The loss became infinite or not a number: training has failed.
 *
 * <pre>{@code
 * try {
 *   trainer.fit(batches, 10);
 * } catch (DivergedException e) {
 *   System.err.println(e.getMessage());  // the loss, the step, the learning rate, what to try
 * }
 * }</pre>
 */
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
