package io.github.trimaran.conformance;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;
import java.util.List;

/** Convolutions worth checking. */
final class ConvolutionSamples {

  /** One of them. */
  record Sample(String name, Shape input, Shape weight, Conv2dGeometry geometry) {

    Shape output() {
      return geometry.outputShape(input, weight);
    }
  }

  private static final int MOST = Integer.MAX_VALUE;

  private ConvolutionSamples() {}

  private static Conv2dGeometry padded(int stride, int top, int bottom, int left, int right) {
    return Conv2dGeometry.unit().withStride(stride).withPadding(top, bottom, left, right);
  }

  private static final Conv2dGeometry EVERYTHING =
      Conv2dGeometry.unit()
          .withStride(2, 3)
          .withPadding(1, 2, 3, 0)
          .withDilation(2, 1)
          .withGroups(2);

  static final List<Sample> ALL =
      List.of(
          sample("1 x 1", Conv2dGeometry.of(1, 0), 2, 3, 4, 5, 4, 3, 1, 1),
          sample("3 x 3, same size", Conv2dGeometry.of(1, 1), 2, 3, 5, 6, 4, 3, 3, 3),
          sample("7 x 7, padding 3", Conv2dGeometry.of(1, 3), 1, 2, 6, 5, 3, 2, 7, 7),
          sample("no padding, kernel 2 x 3", Conv2dGeometry.unit(), 2, 2, 5, 6, 3, 2, 2, 3),
          sample("stride 2, no remainder", Conv2dGeometry.of(2, 0), 2, 3, 7, 5, 4, 3, 3, 3),
          sample("stride 2, remainder 1", Conv2dGeometry.of(2, 0), 2, 3, 8, 6, 4, 3, 3, 3),
          sample("stride 3, remainders", Conv2dGeometry.of(3, 1), 1, 2, 9, 10, 3, 2, 3, 3),
          sample("stride beyond the kernel", Conv2dGeometry.of(4, 0), 2, 2, 10, 11, 2, 2, 2, 1),
          sample(
              "strides 2 and 1",
              Conv2dGeometry.unit().withStride(2, 1).withPadding(0, 1),
              2,
              2,
              6,
              5,
              3,
              2,
              3,
              3),
          sample("padding above only", padded(1, 2, 0, 0, 0), 1, 2, 4, 4, 2, 2, 3, 3),
          sample("padding below only", padded(1, 0, 2, 0, 0), 1, 2, 4, 4, 2, 2, 3, 3),
          sample("padding left only", padded(1, 0, 0, 2, 0), 1, 2, 4, 4, 2, 2, 3, 3),
          sample("padding right only", padded(1, 0, 0, 0, 2), 1, 2, 4, 4, 2, 2, 3, 3),
          sample("four paddings, stride 2", padded(2, 1, 2, 3, 0), 2, 2, 6, 7, 3, 2, 3, 2),
          sample("padding beyond the kernel", Conv2dGeometry.of(1, 3), 1, 1, 3, 3, 2, 1, 2, 2),
          sample("1 x 1 with padding", Conv2dGeometry.of(1, 1), 1, 2, 3, 3, 2, 2, 1, 1),
          sample("dilation 2", Conv2dGeometry.of(1, 2).withDilation(2), 2, 2, 6, 7, 3, 2, 3, 3),
          sample(
              "dilations 1 and 3",
              Conv2dGeometry.unit().withPadding(0, 3).withDilation(1, 3),
              1,
              2,
              5,
              8,
              3,
              2,
              2,
              3),
          sample(
              "dilation 2, stride 2, remainder",
              Conv2dGeometry.of(2, 1).withDilation(2),
              2,
              2,
              8,
              9,
              3,
              2,
              3,
              3),
          sample("2 groups", Conv2dGeometry.of(1, 1).withGroups(2), 2, 4, 5, 4, 6, 2, 3, 3),
          sample("by channel", Conv2dGeometry.of(1, 1).withGroups(3), 2, 3, 5, 4, 3, 1, 3, 3),
          sample(
              "by channel, 2 filters each",
              Conv2dGeometry.of(2, 1).withGroups(3),
              2,
              3,
              6,
              5,
              6,
              1,
              3,
              3),
          sample("everything at once", EVERYTHING, 3, 4, 9, 10, 6, 2, 2, 3),
          sample("the longest stride", Conv2dGeometry.of(MOST, 1), 2, 3, 5, 4, 2, 3, 3, 2),
          sample(
              "the longest dilation of one row",
              Conv2dGeometry.unit().withStride(1, 2).withPadding(0, 0, 1, 0).withDilation(MOST, 2),
              2,
              3,
              4,
              5,
              2,
              3,
              1,
              2),
          sample("the whole image", Conv2dGeometry.unit(), 2, 3, 4, 5, 3, 3, 4, 5),
          sample("one of everything", Conv2dGeometry.unit(), 1, 1, 1, 1, 1, 1, 1, 1),
          sample("no images", Conv2dGeometry.of(1, 1), 0, 2, 4, 4, 3, 2, 3, 3),
          sample("many channels", Conv2dGeometry.of(1, 1), 2, 17, 6, 5, 19, 17, 3, 3));

  /** Small ones that between them have everything. */
  static final List<Sample> FOR_GRADIENTS =
      List.of(
          sample("3 x 3, same size", Conv2dGeometry.of(1, 1), 2, 2, 4, 3, 2, 2, 3, 3),
          sample("stride 2, remainder 1", Conv2dGeometry.of(2, 0), 1, 2, 6, 4, 2, 2, 3, 3),
          sample("everything at once", EVERYTHING, 2, 4, 6, 7, 2, 2, 2, 3));

  /** An input of four extents, then a weight of four. */
  private static Sample sample(String name, Conv2dGeometry geometry, int... extents) {
    return new Sample(
        name,
        Shape.of(extents[0], extents[1], extents[2], extents[3]),
        Shape.of(extents[4], extents[5], extents[6], extents[7]),
        geometry);
  }

  /** Any convolution. */
  static Sample any(Rng rng) {
    int groups = 1 + rng.nextInt(3);
    Conv2dGeometry geometry =
        Conv2dGeometry.unit()
            .withStride(1 + rng.nextInt(3), 1 + rng.nextInt(3))
            .withPadding(rng.nextInt(3), rng.nextInt(3), rng.nextInt(3), rng.nextInt(3))
            .withDilation(1 + rng.nextInt(2), 1 + rng.nextInt(2))
            .withGroups(groups);
    int kernelH = 1 + rng.nextInt(3);
    int kernelW = 1 + rng.nextInt(3);
    int channels = 1 + rng.nextInt(3);
    Shape input =
        Shape.of(
            1 + rng.nextInt(3),
            channels * groups,
            (kernelH - 1) * geometry.dilationH() + 1 + rng.nextInt(5),
            (kernelW - 1) * geometry.dilationW() + 1 + rng.nextInt(5));
    Shape weight = Shape.of((1 + rng.nextInt(3)) * groups, channels, kernelH, kernelW);
    return new Sample(input + " " + weight + " " + geometry, input, weight, geometry);
  }
}
