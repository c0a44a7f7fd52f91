package io.github.trimaran.tensor;

import io.github.trimaran.array.Shape;
import java.util.List;

/**
 * A function with a gradient of its own, in place of that of its parts: PyTorch's {@code
 * autograd.Function}, TensorFlow's {@code custom_gradient}, JAX's {@code custom_vjp}. It is for
 * values that are computed one way and differentiated another: where the derived gradient
 * overflows, is 0 almost everywhere, or is not the one to train by.
 *
 * <pre>{@code
 * CustomGradient softplus =
 *     CustomGradient.of(
 *         "softplus",
 *         in -> in.get(0).exp().add(1).log(),
 *         (g, y, in) -> List.of(g.mul(in.get(0).sigmoid())));
 * Tensor x = Tensor.of(backend, 0.0).requiresGrad();
 * Tensor slope = Gradients.of(softplus.apply(x).sum(), x).get(x);    // 0.5
 * }</pre>
 *
 * <p>The gradient is a vector-Jacobian product: of {@code g}, the gradient of the result, with the
 * derivative of the result by each input. If it is written with operations that have derivatives
 * themselves, it can be differentiated again.
 */
public final class CustomGradient {

  /** The function itself. */
  @FunctionalInterface
  public interface Forward {

    /**
     * The result.
     *
     * @param inputs cut off from what made them, so nothing in here is recorded
     */
    Tensor apply(List<Tensor> inputs);
  }

  /** Its gradient. */
  @FunctionalInterface
  public interface Backward {

    /**
     * The gradient of each input.
     *
     * @param outputGrad the gradient of the result, of its shape
     * @param output the result
     * @param inputs as given to {@link CustomGradient#apply}
     * @return as many as inputs; null ({@code Arrays.asList(g, null)}) for one that the result does
     *     not depend on. Each other has its input's dtype, and its shape or one that the input was
     *     broadcast to, and is summed over what was stretched
     */
    List<Tensor> apply(Tensor outputGrad, Tensor output, List<Tensor> inputs);
  }

  private final String name;
  private final Forward forward;
  private final Backward backward;

  private CustomGradient(String name, Forward forward, Backward backward) {
    this.name = name;
    this.forward = forward;
    this.backward = backward;
  }

  /**
   * A function and its gradient.
   *
   * @param name what it is called in errors and graphs
   */
  public static CustomGradient of(String name, Forward forward, Backward backward) {
    return new CustomGradient(name, forward, backward);
  }

  /**
   * The function of these inputs, one or more.
   *
   * @throws IllegalArgumentException if there is no input; or if the result depends on a tensor
   *     with gradients that is not among the inputs, which would get none
   */
  public Tensor apply(Tensor... inputs) {
    if (inputs.length == 0) {
      throw new IllegalArgumentException(name + ": needs at least one input");
    }
    Tensor[] operands = inputs.clone();
    List<Tensor> given = List.of(operands);
    Tensor value =
        forward.apply(given.stream().map(x -> x.gradFn() == null ? x : x.detach()).toList());
    if (value.gradFn() != null) {
      throw new IllegalArgumentException(
          name
              + ": the result depends on a tensor with gradients that is not among the inputs; give"
              + " it as an input, or detach() it");
    }
    Rule rule = (outputGrad, output, wanted) -> gradients(outputGrad, output, given);
    return Op.composed(name, value, rule, operands);
  }

  private Tensor[] gradients(Tensor outputGrad, Tensor output, List<Tensor> inputs) {
    List<Tensor> gradients = backward.apply(outputGrad, output, inputs);
    if (gradients.size() != inputs.size()) {
      throw new IllegalArgumentException(
          name
              + ": the backward function must return a gradient for each of the "
              + inputs.size()
              + " inputs, returned "
              + gradients.size());
    }
    for (int i = 0; i < inputs.size(); i++) {
      Tensor gradient = gradients.get(i);
      Tensor input = inputs.get(i);
      if (gradient != null && !fits(gradient, input)) {
        throw new IllegalArgumentException(
            name
                + ": the gradient of input "
                + i
                + " must be like it, "
                + input.describe()
                + ", is "
                + gradient.describe());
      }
    }
    return gradients.toArray(Tensor[]::new);
  }

  private static boolean fits(Tensor gradient, Tensor input) {
    Shape shape = input.shape();
    return gradient.dtype() == input.dtype() && shape.broadcastsTo(gradient.shape());
  }

  @Override
  public String toString() {
    return name;
  }
}
