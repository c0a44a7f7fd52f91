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
    // ResNet-18 for pictures of 224 pixels, batches of 8: the inner convolutions of its stages.
    NAMED.put("resnet-56", of(8, 64, 56, 64, 3, 1, 1));
    NAMED.put("resnet-28", of(8, 128, 28, 128, 3, 1, 1));
    NAMED.put("resnet-14", of(8, 256, 14, 256, 3, 1, 1));
    NAMED.put("resnet-7", of(8, 512, 7, 512, 3, 1, 1));
    NAMED.put("resnet-down", of(8, 64, 56, 128, 3, 2, 1));
    // MobileNet for pictures of 224 pixels, batches of 8: windows of one channel each.
    NAMED.put("mobile-112", depthwise(8, 64, 112, 2));
    NAMED.put("mobile-14", depthwise(8, 512, 14, 1));
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

  /** A square one of 3 x 3 whose filters see one channel each. */
  static ConvolutionShape depthwise(int images, int channels, int side, int stride) {
    return new ConvolutionShape(
        Shape.of(images, channels, side, side), Shape.of(channels, 1, 3, 3), stride, 1);
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

  /** Groups of channels: as many as an image has more than a window sees. */
  public int groups() {
    return input.dim(1) / weight.dim(1);
  }

  /** For the operations of core. */
  public Conv2dGeometry geometry() {
    return Conv2dGeometry.of(stride, padding).withGroups(groups());
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
