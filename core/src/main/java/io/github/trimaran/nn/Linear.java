package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;

/**
 * The affine map {@code y = x w^T + b}, {@code [N, D] -> [N, M]}. Parameters {@code weight [M, D]}
 * and {@code bias [M]}, first drawn as PyTorch does: uniform with bound {@code 1 / sqrt(D)}.
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
      throw new IllegalArgumentException(
          "Linear: inputs and outputs must be at least 1, are " + inputs + " and " + outputs);
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

  /** From {@code inputs} to {@code outputs} numbers a sample, with bias. */
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

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return bias == null ? x.matmul(weight.tensor().mT()) : x.linear(weight.tensor(), bias.tensor());
  }

  @Override
  protected Tensor computeRelu(Tensor x, Mode mode) {
    return bias == null
        ? x.matmul(weight.tensor().mT()).relu()
        : x.linearRelu(weight.tensor(), bias.tensor());
  }
}
