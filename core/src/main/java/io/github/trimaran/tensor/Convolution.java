package io.github.trimaran.tensor;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two-dimensional convolution and its two gradients. All three are partial forms of one trilinear
 * form in (input, weight, outputGrad), so each one's derivatives are the other two.
 *
 * <pre>{@code
 * Tensor weight = Tensor.randn(backend, Shape.of(8, 3, 5, 5), DType.FLOAT32, rng);
 * Tensor y = Convolution.conv2d(images, weight, Conv2dGeometry.unit().withPadding(2, 2));
 * }</pre>
 */
public final class Convolution {

  private Convolution() {}

  /**
   * Convolves {@code [N, C, H, W]} with {@code [F, C/groups, KH, KW]} to {@code [N, F, OH, OW]};
   * formula in {@link Conv2dGeometry}.
   *
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public static Tensor conv2d(Tensor input, Tensor weight, Conv2dGeometry moves) {
    check(input, weight);
    Conv2dGeometry geometry = moves.within(input.shape());
    Shape shape = geometry.outputShape(input.shape(), weight.shape());
    return Op.record(
        "conv2d",
        input.backend().conv2d(input.array(), weight.array(), geometry),
        shape,
        input.dtype(),
        Rule.each(
            g -> inputGrad(g, weight, input.shape(), geometry),
            g -> weightGrad(input, g, weight.shape(), geometry)),
        input,
        weight);
  }

  /**
   * Convolves and adds {@code bias [F]}, then applies ReLU if asked; fused where the backend can.
   *
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public static Tensor conv2d(
      Tensor input, Tensor weight, Tensor bias, Conv2dGeometry moves, boolean relu) {
    Conv2dGeometry geometry = moves.within(input.shape());
    Shape shape = checked(input, weight, bias, geometry);
    Optional<Object> fused =
        input.backend().conv2dBias(input.array(), weight.array(), bias.array(), geometry, relu);
    if (fused.isEmpty()) {
      Tensor sum = conv2d(input, weight, geometry).add(bias.reshape(1, shape.dim(1), 1, 1));
      return relu ? sum.relu() : sum;
    }
    Rule rule =
        (outputGrad, output, wanted) -> {
          Tensor g = relu ? Elementwise.reluGrad(outputGrad, output) : outputGrad;
          return grads(g, input, weight, geometry, wanted);
        };
    return Op.record("conv2d", fused.get(), shape, input.dtype(), rule, input, weight, bias);
  }

  /**
   * The same plus {@code added}, of the result's shape, before the ReLU: what ends a residual block
   * whose batch norm is folded.
   *
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public static Tensor conv2d(
      Tensor input, Tensor weight, Tensor bias, Tensor added, Conv2dGeometry moves, boolean relu) {
    Conv2dGeometry geometry = moves.within(input.shape());
    Shape shape = checked(input, weight, bias, geometry);
    Op.commonDType("conv2d", input, added);
    if (!added.shape().equals(shape)) {
      throw Op.error("conv2d", "what is added must be " + shape, added, input, weight);
    }
    Optional<Object> fused =
        input
            .backend()
            .conv2dBiasAdd(
                input.array(), weight.array(), bias.array(), added.array(), geometry, relu);
    if (fused.isEmpty()) {
      Tensor sum = conv2d(input, weight, bias, geometry, false).add(added);
      return relu ? sum.relu() : sum;
    }
    Rule rule =
        (outputGrad, output, wanted) -> {
          Tensor g = relu ? Elementwise.reluGrad(outputGrad, output) : outputGrad;
          Tensor[] three = grads(g, input, weight, geometry, wanted);
          return new Tensor[] {three[0], three[1], three[2], g};
        };
    return Op.record("conv2d", fused.get(), shape, input.dtype(), rule, input, weight, bias, added);
  }

  /**
   * Several convolutions of one input, each with its bias, joined along the channels without
   * copying, then ReLU if asked: {@code [N, C, H, W] -> [N, F1 + F2 + .., OH, OW]}. Empty where the
   * backend cannot; then join what each gives with {@link Tensor#concat}.
   *
   * @throws IllegalArgumentException if shapes or dtypes do not fit, or the results differ in
   *     height or width
   */
  public static Optional<Tensor> conv2dConcat(
      Tensor input,
      List<Tensor> weights,
      List<Tensor> biases,
      List<Conv2dGeometry> moves,
      boolean relu) {
    int count = weights.size();
    List<Tensor> operands = new ArrayList<>(List.of(input));
    Conv2dGeometry[] geometries = new Conv2dGeometry[count];
    Shape[] parts = new Shape[count];
    int channels = 0;
    for (int i = 0; i < count; i++) {
      geometries[i] = moves.get(i).within(input.shape());
      parts[i] = checked(input, weights.get(i), biases.get(i), geometries[i]);
      operands.add(weights.get(i));
      operands.add(biases.get(i));
      channels += parts[i].dim(1);
      if (!parts[i].with(1, 0).equals(parts[0].with(1, 0))) {
        throw new IllegalArgumentException(
            "conv2d: results to join must have one height and width, are "
                + parts[0]
                + " and "
                + parts[i]);
      }
    }
    Optional<Object> fused =
        input
            .backend()
            .conv2dBiasConcat(operands.stream().map(Tensor::array).toList(), relu, geometries);
    Rule rule =
        (outputGrad, output, wanted) -> {
          Tensor g = relu ? Elementwise.reluGrad(outputGrad, output) : outputGrad;
          Tensor[] all = new Tensor[operands.size()];
          int from = 0;
          for (int i = 0; i < count; i++) {
            Tensor part = g.narrow(1, from, parts[i].dim(1));
            from += parts[i].dim(1);
            boolean[] some = {wanted[0], wanted[2 * i + 1], wanted[2 * i + 2]};
            Tensor[] three = grads(part, input, weights.get(i), geometries[i], some);
            all[0] = all[0] == null || three[0] == null ? three[0] : all[0].add(three[0]);
            all[2 * i + 1] = three[1];
            all[2 * i + 2] = three[2];
          }
          return all;
        };
    Shape shape = parts[0].with(1, channels);
    return fused.map(
        array ->
            Op.record(
                "conv2d", array, shape, input.dtype(), rule, operands.toArray(Tensor[]::new)));
  }

  /** Checks the operands; the shape of the result. */
  private static Shape checked(Tensor input, Tensor weight, Tensor bias, Conv2dGeometry geometry) {
    check(input, weight);
    Op.commonDType("conv2d", input, bias);
    Shape shape = geometry.outputShape(input.shape(), weight.shape());
    if (!bias.shape().equals(Shape.of(shape.dim(1)))) {
      throw Op.error("conv2d", "bias must be [" + shape.dim(1) + "]", bias, weight);
    }
    return shape;
  }

  /** The gradients to input, weight and bias, those that are wanted. */
  private static Tensor[] grads(
      Tensor g, Tensor input, Tensor weight, Conv2dGeometry geometry, boolean[] wanted) {
    return new Tensor[] {
      wanted[0] ? inputGrad(g, weight, input.shape(), geometry) : null,
      wanted[1] ? weightGrad(input, g, weight.shape(), geometry) : null,
      wanted[2] ? channelSum(g) : null
    };
  }

  /** The gradient of {@link #conv2d} with respect to its input, of {@code inputShape}. */
  public static Tensor inputGrad(
      Tensor outputGrad, Tensor weight, Shape inputShape, Conv2dGeometry moves) {
    check(outputGrad, weight);
    Conv2dGeometry geometry = moves.within(inputShape);
    requireOutput("conv2dInputGrad", outputGrad, inputShape, weight.shape(), geometry);
    return Op.record(
        "conv2dInputGrad",
        outputGrad
            .backend()
            .conv2dInputGrad(outputGrad.array(), weight.array(), inputShape, geometry),
        inputShape,
        outputGrad.dtype(),
        Rule.each(
            g -> conv2d(g, weight, geometry),
            g -> weightGrad(g, outputGrad, weight.shape(), geometry)),
        outputGrad,
        weight);
  }

  /** The gradient of {@link #conv2d} with respect to its weight, of {@code weightShape}. */
  public static Tensor weightGrad(
      Tensor input, Tensor outputGrad, Shape weightShape, Conv2dGeometry moves) {
    check(input, outputGrad);
    Conv2dGeometry geometry = moves.within(input.shape());
    requireOutput("conv2dWeightGrad", outputGrad, input.shape(), weightShape, geometry);
    return Op.record(
        "conv2dWeightGrad",
        input.backend().conv2dWeightGrad(input.array(), outputGrad.array(), weightShape, geometry),
        weightShape,
        input.dtype(),
        Rule.each(
            g -> inputGrad(outputGrad, g, input.shape(), geometry),
            g -> conv2d(input, g, geometry)),
        input,
        outputGrad);
  }

  private static Tensor channelSum(Tensor g) {
    Shape shape = g.shape();
    return g.backend()
        .channelSum(g.array())
        .map(
            array ->
                Op.record(
                    "channelSum",
                    array,
                    Shape.of(shape.dim(1)),
                    g.dtype(),
                    Rule.each(g2 -> g2.reshape(1, shape.dim(1), 1, 1).broadcastTo(shape)),
                    g))
        .orElseGet(() -> g.sum(0, 2, 3));
  }

  private static void check(Tensor a, Tensor b) {
    Op.requireFloating("conv2d", a);
    Op.commonDType("conv2d", a, b);
  }

  private static void requireOutput(
      String name, Tensor outputGrad, Shape input, Shape weight, Conv2dGeometry geometry) {
    Shape expected = geometry.outputShape(input, weight);
    if (!outputGrad.shape().equals(expected)) {
      throw new IllegalArgumentException(
          name
              + ": output gradient must be "
              + expected
              + ", is "
              + outputGrad.shape()
              + " (input "
              + input
              + ", weight "
              + weight
              + ")");
    }
  }
}
