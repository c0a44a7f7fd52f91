package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.function.Supplier;

/**
 * A recorded operation: a node of the graph that gradients are traced through, PyTorch's {@code
 * grad_fn}. It knows the recorded operations that made its operands and the rule that turns the
 * gradient of its result into theirs. The graph lives as long as the tensors that refer to it.
 *
 * <pre>{@code
 * Tensor y = x.requiresGrad().mul(2).exp();
 * System.out.println(y.gradFn() + " of " + y.gradFn().input(0));    // exp ... of mul ...
 * }</pre>
 */
public final class GradFn {

  private static final GradFn[] NONE = {};

  private final String name;
  private final Shape shape;
  private final DType dtype;
  private final GradFn[] inputs;
  private final Rule rule;
  private final Supplier<Tensor> composition;
  private final String layer;
  private Tensor output;

  GradFn(
      String name,
      Shape shape,
      DType dtype,
      GradFn[] inputs,
      Rule rule,
      Supplier<Tensor> composition) {
    this.name = name;
    this.shape = shape;
    this.dtype = dtype;
    this.inputs = inputs;
    this.rule = rule;
    this.composition = composition;
    this.layer = LayerPath.current();
  }

  /** The node of a tensor that gradients can be asked for and that no operation made. */
  static GradFn leaf(Shape shape, DType dtype) {
    return new GradFn("leaf", shape, dtype, NONE, null, null);
  }

  /** Tells the node its result, which the rule is handed; returns it. */
  Tensor made(Tensor result) {
    output = result;
    return result;
  }

  /** The operation's name: {@code "conv2d"}. */
  public String name() {
    return name;
  }

  /** The shape of its result. */
  public Shape shape() {
    return shape;
  }

  /** The dtype of its result. */
  public DType dtype() {
    return dtype;
  }

  /** Where in the model it was recorded, see {@link LayerPath}. */
  public String layer() {
    return layer;
  }

  /** How many operands it has; 0 for a leaf. */
  public int inputCount() {
    return inputs.length;
  }

  /** What made an operand, or null if the operand needs no gradient. */
  public GradFn input(int index) {
    return inputs[index];
  }

  /**
   * The rule applied.
   *
   * @param outputGrad of the result's shape
   * @param wanted for which operands a gradient is wanted
   * @return a gradient for each wanted operand, of any shape that its own broadcasts to; or null if
   *     only the composition can be differentiated
   */
  public Tensor[] vjp(Tensor outputGrad, boolean[] wanted) {
    return rule.apply(outputGrad, output, wanted);
  }

  /** Whether the operation is fused and its rule cannot be differentiated again. */
  public boolean isFused() {
    return composition != null;
  }

  /** The result of a fused operation computed again from its operands by recorded primitives. */
  public Tensor compose() {
    return composition.get();
  }

  /** What was done and what came of it: {@code conv2d float32 [50, 32, 32, 32]}. */
  @Override
  public String toString() {
    return name + " " + dtype + " " + shape;
  }
}
