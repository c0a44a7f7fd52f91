package io.github.trimaran.autograd;

import io.github.trimaran.tensor.GradFn;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Tensor;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The gradients of one tensor with respect to others: {@code tf.gradients(y, x)}, {@code
 * torch.autograd.grad(y, x)}.
 *
 * <pre>{@code
 * Tensor x = Tensor.scalar(backend, 1.5, DType.FLOAT64).requiresGrad();
 * Tensor y = x.mul(x).sin();
 * Tensor dy = Gradients.differentiable(y, x).get(x);
 * Tensor d2y = Gradients.of(dy, x).get(x);
 * }</pre>
 *
 * <p>Only gradients that lead to an asked-for tensor are computed. A tensor that {@code y} does not
 * depend on has the gradient 0; but a {@code y} that depends on no recorded tensor at all is an
 * error, for what was to be trained by it would silently stay as it is. The results belong to the
 * scope that is open when they are computed.
 */
public final class Gradients {

  private final Map<GradFn, Tensor> byNode;

  private Gradients(Map<GradFn, Tensor> byNode) {
    this.byNode = byNode;
  }

  /**
   * The gradients of {@code y}, which has one element.
   *
   * @throws IllegalArgumentException if {@code y} has not one element, or {@code y} or an {@code x}
   *     was not recorded, saying why
   */
  public static Gradients of(Tensor y, Tensor... xs) {
    return of(y, List.of(xs));
  }

  /** The same for a collection: the parameters of a model. */
  public static Gradients of(Tensor y, Collection<Tensor> xs) {
    return compute(y, seed(y), xs, false, (x, gradient) -> {});
  }

  /**
   * The same, telling of each gradient as soon as it is complete, while others are still computed:
   * the later an x was used, the sooner. The order follows from how {@code y} was computed alone.
   *
   * @param complete is handed each x with its gradient, once
   */
  public static Gradients of(Tensor y, Collection<Tensor> xs, BiConsumer<Tensor, Tensor> complete) {
    return compute(y, seed(y), xs, false, complete);
  }

  /** The same, recorded: the gradients can be differentiated again. */
  public static Gradients differentiable(Tensor y, Tensor... xs) {
    return compute(y, seed(y), List.of(xs), true, (x, gradient) -> {});
  }

  /** The product of {@code v}, of {@code y}'s shape, with the Jacobian of {@code y}. */
  public static Gradients vjp(Tensor y, Tensor v, Tensor... xs) {
    return compute(y, v, List.of(xs), false, (x, gradient) -> {});
  }

  /** The same, recorded. */
  public static Gradients differentiableVjp(Tensor y, Tensor v, Tensor... xs) {
    return compute(y, v, List.of(xs), true, (x, gradient) -> {});
  }

  /**
   * The gradient with respect to {@code x}, of its shape.
   *
   * @throws IllegalArgumentException if it was not asked for
   */
  public Tensor get(Tensor x) {
    Tensor gradient = x.gradFn() == null ? null : byNode.get(x.gradFn());
    if (gradient == null) {
      throw new IllegalArgumentException(
          "gradients: not asked for with respect to " + x.describe());
    }
    return gradient;
  }

  private static Tensor seed(Tensor y) {
    if (y.shape().size() != 1) {
      throw new IllegalArgumentException(
          "gradients: y must have one element, its shape is " + y.shape() + "; sum it, or use vjp");
    }
    return Tensor.ones(y.backend(), y.shape(), y.dtype());
  }

  private static Gradients compute(
      Tensor y,
      Tensor v,
      Collection<Tensor> xs,
      boolean differentiable,
      BiConsumer<Tensor, Tensor> complete) {
    if (!v.shape().equals(y.shape()) || v.dtype() != y.dtype()) {
      throw new IllegalArgumentException(
          "gradients: v must be like y, " + y.describe() + ", is " + v.describe());
    }
    if (y.gradFn() == null) {
      throw new IllegalArgumentException(
          "gradients: y, " + y.describe() + ", was not recorded: " + y.whyNotRecorded());
    }
    Map<GradFn, Tensor> wanted = new IdentityHashMap<>();
    for (Tensor x : xs) {
      if (x.gradFn() == null) {
        throw new IllegalArgumentException(
            "gradients: "
                + x.describe()
                + " was not recorded; make it with requiresGrad() before using it");
      }
      wanted.put(x.gradFn(), x);
    }
    Map<GradFn, Tensor> gradients;
    try (GradMode mode = differentiable ? GradMode.enable() : GradMode.disable()) {
      gradients =
          BackwardPass.run(
              y.gradFn(),
              v,
              wanted.keySet(),
              differentiable,
              (node, gradient) -> complete.accept(wanted.get(node), gradient));
    }
    for (Tensor x : xs) {
      gradients.computeIfAbsent(
          x.gradFn(),
          node -> {
            Tensor zeros = Tensor.zeros(x.backend(), node.shape(), node.dtype());
            complete.accept(x, zeros);
            return zeros;
          });
    }
    if (differentiable) {
      // A gradient that does not depend on x, such as that of 2x, is recorded too: its own is 0.
      gradients.replaceAll((node, g) -> g.gradFn() == null ? g.requiresGrad() : g);
    }
    return new Gradients(gradients);
  }
}
