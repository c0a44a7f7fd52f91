package io.github.trimaran.optim;

import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * Muon (Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural networks"): momentum
 * whose direction, seen as a matrix {@code [F, rest]}, is replaced by a nearly orthogonal one.
 *
 * <pre>{@code
 * Optimizer both =
 *     new OptimizerGroup(new Muon(matrices, 0.02).momentum(0.95), new AdamW(others, 1e-3));
 * }</pre>
 *
 * <pre>
 * v = momentum * v + g
 * d = orthogonalise(g + momentum * v)
 * w = (1 - rate * decay) * w - rate * sqrt(max(1, F / rest)) * d
 * </pre>
 *
 * <p>For weights of two axes or more; give the other parameters to another optimiser, see {@link
 * OptimizerGroup}. Momentum 0.95, no weight decay unless they are set; the decay is decoupled.
 */
public final class Muon extends AbstractOptimizer<Muon> {

  private static final String VELOCITY = "velocity";

  private static final double A = 3.4445;
  private static final double B = -4.7750;
  private static final double C = 2.0315;

  /**
   * So many times wider than high, a matrix is cheaper to orthogonalise on products: 5 (2 r + 1)
   * multiplications of square matrices against 2 r + 17.
   */
  private static final int WIDE = 2;

  /** Against division by a norm of 0. */
  private static final double TINY = 1e-7;

  private Schedule momentum = step -> 0.95;
  private int newtonSchulzSteps = 5;
  private boolean normalizing;

  /** With the usual settings. */
  public Muon(List<Parameter> parameters, LearningRate learningRate) {
    super(parameters, learningRate, Decay.NONE.apart());
    for (Parameter parameter : parameters) {
      if (parameter.tensor().shape().rank() < 2) {
        throw new IllegalArgumentException(
            "Muon: "
                + parameter.name()
                + " "
                + parameter.tensor().shape()
                + " is no matrix; give it to another optimiser of an OptimizerGroup");
      }
    }
  }

  /** The same at a constant rate. */
  public Muon(List<Parameter> parameters, double learningRate) {
    this(parameters, LearningRate.constant(learningRate));
  }

  private Muon(Muon other) {
    super(other);
    momentum = other.momentum;
    newtonSchulzSteps = other.newtonSchulzSteps;
    normalizing = other.normalizing;
  }

  @Override
  protected Muon copy() {
    return new Muon(this);
  }

  /** The same with another momentum, at least 0 and below 1. */
  public Muon momentum(double value) {
    Settings.requireFraction("Muon: momentum", value);
    return momentum(step -> value);
  }

  /** The same with a momentum that changes. */
  public Muon momentum(Schedule schedule) {
    return changed(copy -> copy.momentum = schedule);
  }

  /**
   * The same with another number of Newton-Schulz steps, 5 unless set: fewer are cheaper and leave
   * small singular values further from 1.
   */
  public Muon newtonSchulzSteps(int steps) {
    Settings.requireSteps("Muon: Newton-Schulz steps", steps);
    return changed(copy -> copy.newtonSchulzSteps = steps);
  }

  /**
   * The same scaling each weight to the norm {@code sqrt(F)} before its step and leaving out the
   * factor {@code sqrt(max(1, F / rest))}: for convolutions before a batch norm, which does not see
   * the scale (Jordan 2024, "94% on CIFAR-10 in 2.6 seconds").
   */
  public Muon normalizingWeights() {
    return changed(copy -> copy.normalizing = true);
  }

  @Override
  protected List<String> slotNames() {
    return List.of(VELOCITY);
  }

  @Override
  protected void update(Parameter parameter, Tensor gradient, Turn turn) {
    Tensor weight = parameter.tensor();
    Tensor velocity = slot(parameter, VELOCITY);
    double kept = momentum.at(turn.step());
    velocity.assign(velocity.mul(kept).add(gradient));
    int rows = weight.shape().dim(0);
    int columns = weight.shape().size() / rows;
    Tensor direction = gradient.add(velocity.mul(kept)).reshape(rows, columns);
    double scale = normalizing ? 1 : Math.sqrt(Math.max(1, (double) rows / columns));
    Tensor change =
        orthogonalise(direction, newtonSchulzSteps)
            .mul(turn.rate() * scale)
            .reshape(weight.shape());
    if (normalizing) {
      weight.assign(weight.mul(norm(weight).add(TINY).pow(-1).mul(Math.sqrt(rows))));
    }
    move(parameter, change, turn);
  }

  /**
   * Steps of a Newton-Schulz iteration, which bring the singular values of a matrix near 1 (five of
   * them between 0.7 and 1.2) and keep its singular vectors: with {@code A = X X^T}
   *
   * <pre>
   * X = (a I + B) X,    B = b A + c A A,    a = 3.4445, b = -4.7750, c = 2.0315
   * </pre>
   */
  static Tensor orthogonalise(Tensor matrix, int steps) {
    boolean tall = matrix.shape().dim(0) > matrix.shape().dim(1);
    Tensor x = tall ? matrix.mT() : matrix;
    x = x.mul(norm(x).add(TINY).pow(-1));
    boolean wide = x.shape().dim(1) > WIDE * x.shape().dim(0);
    Tensor y = wide ? iteratedOnProducts(x, steps) : iterated(x, steps);
    return tall ? y.mT() : y;
  }

  private static Tensor iterated(Tensor start, int steps) {
    Tensor x = start;
    for (int i = 0; i < steps; i++) {
      x = x.mul(A).add(polynomial(x.matmul(x.mT())).matmul(x));
    }
    return x;
  }

  /**
   * The same without touching a wide {@code X} in each step. All factors are polynomials of the
   * first {@code X X^T} and so commute: a step makes {@code (a I + B)^2 A} of {@code A}, and of the
   * product of the factors so far, {@code s I + M}, it makes {@code a s I + (a M + s B + B M)}.
   */
  private static Tensor iteratedOnProducts(Tensor x, int steps) {
    Tensor a = x.matmul(x.mT());
    Tensor m = polynomial(a);
    Tensor b = m;
    double s = A;
    for (int i = 1; i < steps; i++) {
      Tensor half = a.mul(A).add(b.matmul(a));
      a = half.mul(A).add(b.matmul(half));
      b = polynomial(a);
      m = m.mul(A).add(b.mul(s)).add(b.matmul(m));
      s *= A;
    }
    return x.mul(s).add(m.matmul(x));
  }

  private static Tensor polynomial(Tensor a) {
    return a.mul(B).add(a.matmul(a).mul(C));
  }

  private static Tensor norm(Tensor tensor) {
    return tensor.mul(tensor).sum().sqrt();
  }
}
