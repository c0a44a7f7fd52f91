package io.github.trimaran.train;

/**
 * The loss or the weights became infinite or not a number: training has failed. What was saved
 * before is good; with {@link Trainer.Builder#keepBest} the model has the values of its best
 * validation, if there was one.
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

  private static final String WITH_RATE = " with learning rate ";
  private static final String TRY = "; try a smaller rate, warm-up or gradient clipping";

  private DivergedException(String message) {
    super("training: " + message);
  }

  private DivergedException(DivergedException cause, int bestEpoch) {
    super(
        cause.getMessage()
            + "; the model has the values of epoch "
            + bestEpoch
            + ", its best validation",
        cause);
  }

  /** The same, after which the model was given its best values. */
  DivergedException withBestOf(int epoch) {
    return new DivergedException(this, epoch);
  }

  /** A loss that follows from data and weights without fault. */
  static DivergedException loss(double loss, long step, double learningRate) {
    return new DivergedException(
        "the loss is " + loss + " at step " + step + WITH_RATE + learningRate + TRY);
  }

  /** A loss of data that were no numbers. */
  static DivergedException data(double loss, long step, Finite.Fault fault, int samples) {
    boolean bySample = fault.shape().rank() > 0 && fault.shape().dim(0) == samples;
    int sample = bySample ? fault.index() / (fault.shape().size() / samples) : 0;
    return new DivergedException(
        "the loss is "
            + loss
            + " at step "
            + step
            + ", for '"
            + fault.name()
            + "' of the batch holds "
            + fault.value()
            + " at "
            + fault.position()
            + (bySample ? ", in sample " + sample + " of 0 to " + (samples - 1) : "")
            + "; clean the data");
  }

  /** A loss of weights that were no numbers before the first step. */
  static DivergedException firstWeights(double loss, Finite.Fault fault) {
    return new DivergedException(
        "the loss is "
            + loss
            + " at the first step, for '"
            + fault.name()
            + "' of the model holds "
            + fault.value()
            + " at "
            + fault.position()
            + " already; initialise it, or load other weights");
  }

  /** Weights that a step made infinite or NaN. */
  static DivergedException weights(Finite.Fault fault, long step, double learningRate) {
    return new DivergedException(
        "'"
            + fault.name()
            + "' of the model holds "
            + fault.value()
            + " at "
            + fault.position()
            + " after step "
            + step
            + WITH_RATE
            + learningRate
            + TRY);
  }
}
