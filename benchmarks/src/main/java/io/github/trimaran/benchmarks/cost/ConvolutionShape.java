package io.github.trimaran.benchmarks.cost;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A convolution of a network.
 *
 * @param input {@code [N, C, H, W]}
 * @param weight {@code [F, C, KH, KW]}
 * @param stride both ways
 * @param padding on all sides
 */
public record ConvolutionShape(Shape input, Shape weight, int stride, int padding) {

  private static final Map<String, ConvolutionShape> NAMED = new LinkedHashMap<>();

  static {
    // BasicConvNet, batches of 50.
    NAMED.put("basic-cifar", of(50, 3, 32, 32, 7, 1, 3));
    NAMED.put("basic-mnist", of(50, 1, 28, 32, 7, 1, 3));
    // SqueezeNet 1.0 for one picture of 192 pixels.
    NAMED.put("squeeze-first", of(1, 3, 192, 96, 7, 2, 0));
    NAMED.put("squeeze-1x1", of(1, 128, 46, 16, 1, 1, 0));
    NAMED.put("squeeze-3x3", of(1, 16, 46, 64, 3, 1, 1));
    NAMED.put("squeeze-deep", of(1, 64, 11, 256, 3, 1, 1));
    // A residual network for images of CIFAR-10, batches of 50.
    NAMED.put("residual-wide", of(50, 64, 32, 64, 3, 1, 1));
    NAMED.put("residual-deep", of(50, 256, 8, 256, 3, 1, 1));
    NAMED.put("residual-down", of(50, 64, 32, 128, 3, 2, 1));
    NAMED.put("residual-shortcut", of(50, 64, 32, 128, 1, 2, 0));
  }

  /** A square one. */
  public static ConvolutionShape of(
      int images, int channels, int side, int filters, int kernel, int stride, int padding) {
    return new ConvolutionShape(
        Shape.of(images, channels, side, side),
        Shape.of(filters, channels, kernel, kernel),
        stride,
        padding);
  }

  /** The one of that name. */
  public static ConvolutionShape named(String name) {
    ConvolutionShape shape = NAMED.get(name);
    if (shape == null) {
      throw new IllegalArgumentException(
          "no convolution '" + name + "'; there are " + NAMED.keySet());
    }
    return shape;
  }

  /** All names. */
  public static Set<String> names() {
    return NAMED.keySet();
  }

  /** For the operations of core. */
  public Conv2dGeometry geometry() {
    return Conv2dGeometry.of(stride, padding);
  }

  /** {@code [N, F, OH, OW]}. */
  public Shape output() {
    return geometry().outputShape(input, weight);
  }

  /**
   * Of one of its three forms, which differ in what they read and write but not in how much: {@code
   * 2 N F OH OW C KH KW} operations.
   *
   * @param width bytes of an element
   */
  public Cost cost(int width) {
    double products = (double) output().size() * weight.dim(1) * weight.dim(2) * weight.dim(3);
    double elements = (double) input.size() + weight.size() + output().size();
    return new Cost(2 * products, width * elements);
  }
}
