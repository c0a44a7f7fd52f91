package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;

/**
 * The affine map {@code y = x w^T + b} of the last axis, {@code [..., D] -> [..., M]}.
 *
 * <pre>{@code
 * Layer head = new Linear(784, 10);        // [N, 784] -> [N, 10]
 * Layer query = new Linear(128, 64).withoutBias();   // [N, T, 128] -> [N, T, 64]
 * }</pre>
 *
 * <p>Parameters {@code weight [M, D]} and {@code bias [M]}, first drawn as PyTorch does: uniform
 * with bound {@code 1 / sqrt(D)}.
 */
public final class Linear extends Layer {

  private final int inputs;
  private final int outputs;
  private final Initializer weightInit;
  private final Initializer biasInit;
  private final Variable weight;
  private final Variable bias;

  private Linear(int inputs, int outputs, Initializer weightInit, Initializer biasInit) {
    if (inputs < 1 || outputs < 1) {
      throw error("inputs and outputs must be at least 1, are " + inputs + " and " + outputs);
    }
    this.inputs = inputs;
    this.outputs = outputs;
    this.weightInit = weightInit;
    this.biasInit = biasInit;
    weight = parameter("weight", Parameter.Role.WEIGHT, Shape.of(outputs, inputs), weightInit);
    bias =
        biasInit == null
            ? null
            : parameter("bias", Parameter.Role.BIAS, Shape.of(outputs), biasInit);
  }

  /** From {@code inputs} to {@code outputs} numbers, with bias. */
  public Linear(int inputs, int outputs) {
    this(inputs, outputs, Initializers.torchDefault(), Initializers.uniform(1 / Math.sqrt(inputs)));
  }

  /** The same with other first weights. */
  public Linear weightInit(Initializer initializer) {
    requireNotInitialised("weightInit");
    return new Linear(inputs, outputs, initializer, biasInit);
  }

  /** The same with other first biases. */
  public Linear biasInit(Initializer initializer) {
    requireNotInitialised("biasInit");
    return new Linear(inputs, outputs, weightInit, initializer);
  }

  /** The same without bias. */
  public Linear withoutBias() {
    requireNotInitialised("bias");
    return new Linear(inputs, outputs, weightInit, null);
  }

  /** {@code [M, D]}. */
  public Variable weight() {
    return weight;
  }

  /**
   * {@code [M]}.
   *
   * @throws IllegalStateException if it was made without
   */
  public Variable bias() {
    return required("bias", bias);
  }

  @Override
  protected String describe() {
    return inputs + ", " + outputs + (bias == null ? ", without bias" : "");
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return mapped(x, false);
  }

  @Override
  protected Tensor computeRelu(Tensor x, Mode mode) {
    return mapped(x, true);
  }

  private Tensor mapped(Tensor x, boolean relu) {
    Shape shape = x.shape();
    if (shape.rank() == 0 || shape.dim(-1) != inputs) {
      throw error("input must be [..., " + inputs + "], is " + shape);
    }
    // One product of a tall matrix, where a product batched over leading axes would be many.
    Tensor rows = shape.rank() == 2 ? x : x.reshape(shape.size() / inputs, inputs);
    Tensor y;
    if (bias == null) {
      Tensor product = rows.matmul(weight.tensor().mT());
      y = relu ? product.relu() : product;
    } else {
      y =
          relu
              ? rows.linearRelu(weight.tensor(), bias.tensor())
              : rows.linear(weight.tensor(), bias.tensor());
    }
    return shape.rank() == 2 ? y : y.reshape(shape.with(shape.rank() - 1, outputs));
  }

  @Override
  public Form form() {
    return Form.of("inputs", inputs).with("outputs", outputs).with("bias", bias != null, true);
  }
}
