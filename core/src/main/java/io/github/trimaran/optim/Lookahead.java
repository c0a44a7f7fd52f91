package io.github.trimaran.optim;

import io.github.trimaran.nn.Model;
import java.util.function.LongToDoubleFunction;

/**
 * Slow weights that follow the model's and now and then pull it back (Zhang et al. 2019, algorithm
 * 1).
 *
 * <pre>{@code
 * Trainer trainer = Trainer.builder(model, optimizer).average(new Lookahead(model, 5, 0.5)).build();
 * }</pre>
 *
 * <p>After every {@code every}-th step
 *
 * <pre>
 * slow = decay * slow + (1 - decay) * value
 * value = slow
 * </pre>
 *
 * <p>Frozen parameters stay as they are.
 */
public final class Lookahead extends ShadowAverage {

  private final int every;
  private final LongToDoubleFunction decay;

  /** The same decay at every step; 0.5 in the paper. */
  public Lookahead(Model model, int every, double decay) {
    this(checked(model, decay), every, step -> decay);
  }

  /** A decay that follows from the step, counted from 1. */
  public Lookahead(Model model, int every, LongToDoubleFunction decay) {
    super(checked(model, every));
    this.every = every;
    this.decay = decay;
  }

  /** Before values are copied. */
  private static Model checked(Model model, double decay) {
    Settings.requireFraction("Lookahead: decay", decay);
    return model;
  }

  private static Model checked(Model model, int every) {
    Settings.requireSteps("Lookahead: steps between", every);
    return model;
  }

  /**
   * A decay that grows with the third power of the step up to {@code 0.95^every} at {@code steps}
   * (Jordan 2024, "94% on CIFAR-10 in 3.29 seconds", section 3.4).
   */
  public static Lookahead growing(Model model, int every, long steps) {
    double last = Math.pow(0.95, every);
    return new Lookahead(model, every, step -> last * Math.pow((double) step / steps, 3));
  }

  @Override
  public void afterStep(long step) {
    if (step % every == 0) {
      shadows.moveTowardsModel(decay.applyAsDouble(step));
      shadows.copyToModel();
    }
  }

  /** Does nothing: the model itself is evaluated. */
  @Override
  public void swap() {}
}
