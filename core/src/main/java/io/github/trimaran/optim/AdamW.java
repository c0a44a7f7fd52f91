package io.github.trimaran.optim;

import io.github.trimaran.nn.Parameter;
import java.util.List;

/**
 * AdamW (Loshchilov and Hutter 2019, algorithm 2), as PyTorch's {@code AdamW} has it: {@link Adam}
 * with decoupled weight decay.
 *
 * <pre>{@code
 * LearningRate rate = LearningRate.oneCycle(1e-3, steps);
 * Optimizer adamW = new AdamW(model.parameters(), rate).weightDecay(0.05);
 * }</pre>
 *
 * <pre>
 * w = w - rate * decay * w
 * w = Adam's step
 * </pre>
 *
 * <p>Betas 0.9 and 0.999, epsilon 1e-8, decay 0.01 unless they are set. Biases and normalisations
 * do not decay unless asked: {@link #decayingAll} is PyTorch's way.
 */
public final class AdamW extends AdamFamily<AdamW> {

  private static final double DECAY = 0.01;

  /** With PyTorch's settings. */
  public AdamW(List<Parameter> parameters, LearningRate learningRate) {
    super(parameters, learningRate, Decay.NONE.of(DECAY).apart());
  }

  /** The same at a constant rate. */
  public AdamW(List<Parameter> parameters, double learningRate) {
    this(parameters, LearningRate.constant(learningRate));
  }

  private AdamW(AdamW other) {
    super(other);
  }

  @Override
  protected AdamW copy() {
    return new AdamW(this);
  }

  /** The same dividing by the largest mean square so far (Reddi et al. 2018). */
  public AdamW amsgrad() {
    return withAmsgrad();
  }
}
