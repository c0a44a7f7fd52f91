package io.github.trimaran.nn;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Convolution;
import io.github.trimaran.tensor.Tensor;

/**
 * A convolution whose weight is given and not trained, as for whitening the input; only its bias,
 * which starts at 0, learns. {@code [N, C, H, W] -> [N, F, OH, OW]}, stride 1, no padding. Buffer
 * {@code weight [F, C, KH, KW]}, parameter {@code bias [F]}.
 *
 * <pre>{@code
 * Layer whiten = new FixedConv2d(filters);   // filters: a HostArray [F, C, KH, KW]
 * }</pre>
 */
public final class FixedConv2d extends Layer {

  private final Variable weight;
  private final Variable bias;

  private FixedConv2d(Shape shape, Initializer values) {
    if (shape.rank() != 4) {
      throw new IllegalArgumentException("FixedConv2d: weight must be [F, C, KH, KW], is " + shape);
    }
    weight = buffer("weight", shape, values);
    bias = parameter("bias", Parameter.Role.BIAS, Shape.of(shape.dim(0)), Initializers.zeros());
  }

  /** With this weight. */
  public FixedConv2d(HostArray weight) {
    this(weight.shape(), (shape, rng) -> weight.toDoubles());
  }

  /** For a weight that will be loaded: until then it is 0. */
  public FixedConv2d(Shape shape) {
    this(shape, Initializers.zeros());
  }

  @Override
  protected String describe() {
    return weight.shape().toString();
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return Convolution.conv2d(x, weight.tensor(), bias.tensor(), Conv2dGeometry.unit(), false);
  }

  @Override
  public Form form() {
    return Form.of("weight", weight.shape());
  }
}
