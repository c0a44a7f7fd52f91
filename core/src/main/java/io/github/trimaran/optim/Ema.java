package io.github.trimaran.optim;

import io.github.trimaran.nn.Model;

/**
 * The exponential moving average of a model's values (Polyak and Juditsky 1992), used for
 * evaluation and in the end, while training goes on with the model's own.
 *
 * <pre>{@code
 * Trainer trainer = Trainer.builder(model, optimizer).average(new Ema(model, 0.999)).build();
 * }</pre>
 *
 * <pre>
 * average = d * average + (1 - d) * value,    d = min(decay, (1 + step) / (10 + step))
 * </pre>
 *
 * <p>The smaller decay at the start lets the average forget the first values soon. Frozen
 * parameters stay as they are.
 */
public final class Ema extends ShadowAverage {

  private final double decay;

  /** Of an initialised model; decay at least 0 and below 1, usually 0.99 to 0.9999. */
  public Ema(Model model, double decay) {
    super(checked(model, decay));
    this.decay = decay;
  }

  /** Before values are copied. */
  private static Model checked(Model model, double decay) {
    Settings.requireFraction("Ema: decay", decay);
    return model;
  }

  @Override
  public void afterStep(long step) {
    shadows.moveTowardsModel(Math.min(decay, (1.0 + step) / (10.0 + step)));
  }

  @Override
  public void swap() {
    shadows.swapWithModel();
  }
}
