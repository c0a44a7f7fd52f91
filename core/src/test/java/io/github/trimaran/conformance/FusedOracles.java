package io.github.trimaran.conformance;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Definitions of the operations that backends may fuse. */
final class FusedOracles {

  private FusedOracles() {}

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static double gelu(double x) {
    return x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  /** By the product and the chain rule. */
  static double geluDerivative(double x) {
    double u = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
    double slope = Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
    return (1 + Math.tanh(u)) / 2 + x / 2 / Math.pow(Math.cosh(u), 2) * slope;
  }

  private static Grid relu(Grid a, boolean wanted) {
    return wanted ? ReduceOracles.map(a, x -> Math.max(x, 0)) : a;
  }

  static Grid linear(Grid input, Grid weight, Grid bias, boolean relu) {
    Grid affine =
        Grid.fill(
            Shape.of(input.dim(0), weight.dim(0)),
            input.dtype(),
            at -> {
              double sum = bias.at(at[1]);
              for (int d = 0; d < input.dim(1); d++) {
                sum += input.at(at[0], d) * weight.at(at[1], d);
              }
              return sum;
            });
    return relu(affine, relu);
  }

  static Grid conv2dBias(
      Grid input, Grid weight, Grid bias, Conv2dGeometry geometry, boolean relu) {
    Grid product = WindowOracles.conv2d(input, weight, geometry);
    return relu(
        Grid.fill(product.shape(), product.dtype(), at -> product.at(at) + bias.at(at[1])), relu);
  }

  /** Of input, weight, bias and what is added. */
  static Grid conv2dBiasAdd(List<Grid> x, Conv2dGeometry geometry, boolean relu) {
    Grid sum = conv2dBias(x.get(0), x.get(1), x.get(2), geometry, false);
    return relu(ReduceOracles.zip(sum, x.get(3), sum.dtype(), Double::sum), relu);
  }

  /** Of the input, then weight and bias of each. */
  static Grid conv2dBiasConcat(List<Grid> x, boolean relu, Conv2dGeometry... geometries) {
    List<Grid> parts = new ArrayList<>();
    for (int i = 0; i < geometries.length; i++) {
      parts.add(conv2dBias(x.get(0), x.get(2 * i + 1), x.get(2 * i + 2), geometries[i], relu));
    }
    return MoveOracles.concat(parts, 1);
  }

  static Grid logSoftmax(Grid a, int axis) {
    Shape column = a.shape().with(axis, 1);
    Grid max = MoveOracles.reshape(ReduceOracles.max(a, axis), column);
    Grid shifted = ReduceOracles.zip(a, max, a.dtype(), (x, m) -> x - m);
    Grid sum = ReduceOracles.sum(ReduceOracles.map(shifted, Math::exp), axis);
    return ReduceOracles.zip(
        shifted, MoveOracles.reshape(sum, column), a.dtype(), (x, s) -> x - Math.log(s));
  }

  static Grid crossEntropy(Grid logits, Grid labels, double smoothing) {
    Grid logs = logSoftmax(logits, 1);
    int classes = logits.dim(1);
    return Grid.fill(
        labels.shape(),
        logits.dtype(),
        at -> {
          double all = 0;
          for (int k = 0; k < classes; k++) {
            all += logs.at(at[0], k);
          }
          double right = logs.at(at[0], (int) labels.at(at[0]));
          return smoothing == 0 ? -right : -(1 - smoothing) * right - smoothing / classes * all;
        });
  }

  static Grid crossEntropyGrad(Grid outputGrad, Grid logits, Grid labels, double smoothing) {
    Grid logs = logSoftmax(logits, 1);
    return Grid.fill(
        logits.shape(),
        logits.dtype(),
        at -> {
          double target =
              (labels.at(at[0]) == at[1] ? 1 - smoothing : 0) + smoothing / logits.dim(1);
          return outputGrad.at(at[0]) * (Math.exp(logs.at(at)) - target);
        });
  }

  /** The mean over all but the channel; of equal numbers it is that number. */
  static Grid channelMean(Grid image) {
    Grid rounded = roundedChannelMean(image);
    Grid errors = Grid.fill(image.shape(), image.dtype(), at -> image.at(at) - rounded.at(at[1]));
    return ReduceOracles.zip(rounded, roundedChannelMean(errors), image.dtype(), Double::sum);
  }

  private static Grid roundedChannelMean(Grid image) {
    int count = image.dim(0) * image.dim(2) * image.dim(3);
    return ReduceOracles.map(ReduceOracles.sum(image, 0, 2, 3), sum -> sum / count);
  }

  /** The biased variance over all but the channel. */
  static Grid channelVariance(Grid image) {
    Grid mean = channelMean(image);
    return channelMean(
        Grid.fill(
            image.shape(),
            image.dtype(),
            at -> {
              double centred = image.at(at) - mean.at(at[1]);
              return centred * centred;
            }));
  }

  private static Grid normalised(Grid image, double epsilon) {
    Grid mean = channelMean(image);
    Grid variance = channelVariance(image);
    return Grid.fill(
        image.shape(),
        image.dtype(),
        at -> (image.at(at) - mean.at(at[1])) / Math.sqrt(variance.at(at[1]) + epsilon));
  }

  /** Output, mean and variance. */
  static List<Grid> batchNorm(Grid image, Grid gamma, Grid beta, double epsilon) {
    Grid normal = normalised(image, epsilon);
    Grid output =
        Grid.fill(
            image.shape(), image.dtype(), at -> gamma.at(at[1]) * normal.at(at) + beta.at(at[1]));
    return List.of(output, channelMean(image), channelVariance(image));
  }

  /** The gradients to input, gamma and beta (Ioffe and Szegedy 2015, section 3). */
  static List<Grid> batchNormGrad(Grid g, Grid image, Grid gamma, double epsilon) {
    Grid normal = normalised(image, epsilon);
    Grid variance = channelVariance(image);
    Grid product = ReduceOracles.zip(g, normal, g.dtype(), (x, y) -> x * y);
    Grid meanGrad = channelMean(g);
    Grid meanProduct = channelMean(product);
    Grid input =
        Grid.fill(
            image.shape(),
            image.dtype(),
            at ->
                gamma.at(at[1])
                    / Math.sqrt(variance.at(at[1]) + epsilon)
                    * (g.at(at) - meanGrad.at(at[1]) - normal.at(at) * meanProduct.at(at[1])));
    return List.of(input, ReduceOracles.sum(product, 0, 2, 3), ReduceOracles.sum(g, 0, 2, 3));
  }

  /** Of each channel the mean and the sum of squared distances from it. */
  static Grid channelMoments(Grid image) {
    int count = image.shape().size() / image.dim(1);
    Grid mean = channelMean(image);
    Grid variance = channelVariance(image);
    return Grid.fill(
        Shape.of(2, image.dim(1)),
        DType.FLOAT64,
        at -> at[0] == 0 ? mean.at(at[1]) : variance.at(at[1]) * count);
  }

  /** Of each channel the sums of {@code g} and of {@code g (x - mean)}. */
  static Grid channelProducts(Grid g, Grid image, Grid mean) {
    Grid products =
        Grid.fill(g.shape(), DType.FLOAT64, at -> g.at(at) * (image.at(at) - mean.at(at[1])));
    Grid sums = ReduceOracles.sum(products, 0, 2, 3);
    Grid plain = ReduceOracles.sum(g, 0, 2, 3);
    return Grid.fill(
        Shape.of(2, g.dim(1)), DType.FLOAT64, at -> at[0] == 0 ? plain.at(at[1]) : sums.at(at[1]));
  }

  /** The arrays times factors of the channel, and a term. */
  static Grid channelCombination(List<Grid> arrays, Grid factors) {
    return Grid.fill(
        arrays.get(0).shape(),
        arrays.get(0).dtype(),
        at -> {
          double sum = factors.at(arrays.size(), at[1]);
          for (int i = 0; i < arrays.size(); i++) {
            sum += factors.at(i, at[1]) * arrays.get(i).at(at);
          }
          return sum;
        });
  }

  /** Of image, gamma, beta, mean and variance. */
  static Grid batchNormInference(List<Grid> x, double epsilon, boolean relu) {
    Grid image = x.get(0);
    Grid normed =
        Grid.fill(
            image.shape(),
            image.dtype(),
            at ->
                x.get(1).at(at[1])
                        * (image.at(at) - x.get(3).at(at[1]))
                        / Math.sqrt(x.get(4).at(at[1]) + epsilon)
                    + x.get(2).at(at[1]));
    return relu(normed, relu);
  }

  /** The same with ReLU of the output. */
  static List<Grid> batchNormRelu(Grid image, Grid gamma, Grid beta, double epsilon) {
    List<Grid> normed = batchNorm(image, gamma, beta, epsilon);
    return List.of(relu(normed.get(0), true), normed.get(1), normed.get(2));
  }

  /** Its gradients to input, gamma and beta. */
  static List<Grid> batchNormReluGrad(Grid g, Grid image, Grid gamma, Grid beta, double epsilon) {
    Grid normed = batchNorm(image, gamma, beta, epsilon).get(0);
    Grid passed = ReduceOracles.zip(g, normed, g.dtype(), (x, y) -> y > 0 ? x : 0);
    return batchNormGrad(passed, image, gamma, epsilon);
  }

  /** Each group of each sample by itself; {@code affine} is nothing, or gamma and beta. */
  static Grid groupNorm(Grid x, List<Grid> affine, int groups, double epsilon) {
    int width = x.shape().size() / (x.dim(0) * groups);
    double[] values = x.values().clone();
    for (int start = 0; start < values.length; start += width) {
      double[] group = Arrays.copyOfRange(values, start, start + width);
      double mean = Arrays.stream(group).average().orElseThrow();
      double variance =
          Arrays.stream(group).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      for (int i = 0; i < width; i++) {
        values[start + i] = (group[i] - mean) / Math.sqrt(variance + epsilon);
      }
    }
    Grid normal = new Grid(x.shape(), x.dtype(), values);
    return affine.isEmpty()
        ? normal
        : Grid.fill(
            x.shape(),
            x.dtype(),
            at -> affine.get(0).at(at[1]) * normal.at(at) + affine.get(1).at(at[1]));
  }
}
