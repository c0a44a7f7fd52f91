package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;

/**
 * The negative log likelihood of counts that are Poisson distributed, for each element {@code l =
 * exp(x) - y x}, where the output x is the logarithm of the expected count. The constant {@code log
 * y!} is left out, see {@link #full}.
 *
 * <pre>{@code
 * Tensor loss = new PoissonNLLLoss().of(outputs, counts);
 * }</pre>
 */
public final class PoissonNLLLoss extends Loss {

  /** Keeps the logarithm of an expected count of 0 finite. */
  private static final double EPSILON = 1e-8;

  private final boolean logOutputs;
  private final boolean full;

  /** For outputs that are logarithms of expected counts. */
  public PoissonNLLLoss() {
    this(true, false, Reduction.MEAN);
  }

  private PoissonNLLLoss(boolean logOutputs, boolean full, Reduction reduction) {
    super(reduction);
    this.logOutputs = logOutputs;
    this.full = full;
  }

  /** The same for outputs that are expected counts: {@code l = x - y log(x + 1e-8)}. */
  public PoissonNLLLoss plainOutputs() {
    return new PoissonNLLLoss(false, full, reduction());
  }

  /**
   * The same with Stirling's approximation of {@code log y!}, {@code y log y - y + log(2 pi y) / 2}
   * for y above 1, else 0.
   */
  public PoissonNLLLoss full() {
    return new PoissonNLLLoss(logOutputs, true, reduction());
  }

  @Override
  public PoissonNLLLoss reduction(Reduction other) {
    return new PoissonNLLLoss(logOutputs, full, other);
  }

  @Override
  protected Costs costs(Tensor outputs, Tensor targets) {
    Checks.alike(name(), outputs, targets);
    Tensor loss =
        logOutputs
            ? outputs.exp().sub(targets.mul(outputs))
            : outputs.sub(targets.mul(outputs.add(EPSILON).log()));
    return Costs.of(full ? loss.add(logFactorial(targets)) : loss);
  }

  private static Tensor logFactorial(Tensor counts) {
    Tensor above = counts.maximum(1);
    Tensor stirling = above.mul(above.log()).sub(above).add(above.mul(2 * Math.PI).log().mul(0.5));
    return stirling.maskedFill(counts.lessEqual(1), 0);
  }
}
