package io.github.trimaran.nn;

import io.github.trimaran.array.Pool2dGeometry;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Layers and settings worth checking, small, so that their numbers fit into a small table. */
final class LayerCases {

  private LayerCases() {}

  /** Where activations have kinks, tails that tend to 0, and exponentials that would overflow. */
  static final double[] POINTS = {
    -1000,
    -100,
    -21,
    -20,
    -6,
    -3,
    -2,
    -1,
    -1e-9,
    -0.0,
    0,
    1e-9,
    1,
    2,
    3,
    6,
    20,
    21,
    100,
    1000,
    Double.NaN
  };

  /** Activations whose values and derivatives at {@link #POINTS} are in {@code activations.txt}. */
  static final Map<String, Supplier<Layer>> ACTIVATIONS =
      Map.ofEntries(
          Map.entry("ReLU", ReLU::new),
          Map.entry("LeakyReLU", () -> new LeakyReLU(0.1)),
          Map.entry("PReLU", PReLU::new),
          Map.entry("ELU", () -> new ELU(0.7)),
          Map.entry("CELU", () -> new CELU(0.5)),
          Map.entry("SELU", SELU::new),
          Map.entry("Softplus", Softplus::new),
          Map.entry("Softplus, threshold 3", () -> new Softplus().threshold(3)),
          Map.entry("Softsign", Softsign::new),
          Map.entry("Mish", Mish::new),
          Map.entry("Hardswish", Hardswish::new),
          Map.entry("Hardsigmoid", Hardsigmoid::new),
          Map.entry("Hardtanh", () -> new Hardtanh(-1, 2)),
          Map.entry("ReLU6", ReLU6::new),
          Map.entry("LogSigmoid", LogSigmoid::new),
          Map.entry("SiLU", SiLU::new),
          Map.entry("Sigmoid", Sigmoid::new),
          Map.entry("Tanh", Tanh::new),
          Map.entry("GELU, tanh form", GELU::new),
          Map.entry("GELU, exact", GELU::exact));

  static final List<LayerCase> ALL =
      List.of(
          LayerCase.of("Linear", () -> new Linear(4, 3), 2, 4),
          LayerCase.of("Linear of three axes", () -> new Linear(4, 3), 2, 2, 4),
          LayerCase.of("Linear of a vector", () -> new Linear(4, 3).withoutBias(), 4),
          LayerCase.of("Conv1d", () -> new Conv1d(2, 3, 3), 2, 2, 5),
          LayerCase.of(
              "Conv1d, everything",
              () -> new Conv1d(4, 2, 3).stride(2).padding(3).dilation(2).groups(2).withoutBias(),
              2,
              4,
              6),
          LayerCase.of("Conv1d, same", () -> new Conv1d(1, 2, 4).samePadding(), 1, 1, 5),
          LayerCase.of("Conv2d", () -> new Conv2d(2, 3, 2), 1, 2, 4, 3),
          LayerCase.of(
              "Conv2d, rectangular",
              () -> new Conv2d(2, 2, 3, 2).stride(2, 1).padding(1, 2).dilation(2, 3),
              1,
              2,
              6,
              5),
          LayerCase.of(
              "Conv2d by channel", () -> new Conv2d(3, 6, 3).groups(3).padding(1), 1, 3, 2, 2),
          LayerCase.of("ConvTranspose1d", () -> new ConvTranspose1d(2, 3, 3), 2, 2, 3),
          LayerCase.of(
              "ConvTranspose1d, everything",
              () ->
                  new ConvTranspose1d(4, 2, 3)
                      .stride(3)
                      .padding(2)
                      .outputPadding(2)
                      .dilation(2)
                      .groups(2)
                      .withoutBias(),
              1,
              4,
              3),
          LayerCase.of("ConvTranspose2d", () -> new ConvTranspose2d(2, 2, 3).stride(2), 1, 2, 2, 2),
          LayerCase.of(
              "ConvTranspose2d, rectangular",
              () ->
                  new ConvTranspose2d(2, 4, 2, 3)
                      .stride(3, 2)
                      .padding(1, 2)
                      .outputPadding(2, 1)
                      .dilation(2, 1)
                      .groups(2),
              1,
              2,
              2,
              3),
          LayerCase.of("BatchNorm1d", () -> new BatchNorm1d(3), 4, 3),
          LayerCase.of("BatchNorm1d in training", () -> new BatchNorm1d(3), 4, 3).inTraining(),
          LayerCase.of("BatchNorm1d of lines in training", () -> new BatchNorm1d(3), 2, 3, 4)
              .inTraining(),
          LayerCase.of(
                  "BatchNorm1d, cumulative average in training",
                  () -> new BatchNorm1d(3).cumulativeAverage().epsilon(1e-3),
                  4,
                  3)
              .inTraining(),
          LayerCase.of(
              "BatchNorm1d without running statistics",
              () -> new BatchNorm1d(3).withoutRunningStatistics(),
              4,
              3),
          LayerCase.of("BatchNorm2d", () -> new BatchNorm2d(2), 2, 2, 2, 3),
          LayerCase.of(
                  "BatchNorm2d without affine in training",
                  () -> new BatchNorm2d(2).withoutAffine().momentum(0.3),
                  2,
                  2,
                  2,
                  3)
              .inTraining(),
          LayerCase.of("LayerNorm", () -> new LayerNorm(5), 2, 2, 5),
          LayerCase.of("LayerNorm of two axes", () -> new LayerNorm(3, 4).epsilon(1e-3), 2, 3, 4),
          LayerCase.of("LayerNorm without affine", () -> new LayerNorm(5).withoutAffine(), 3, 5),
          LayerCase.of("RMSNorm", () -> new RMSNorm(5), 2, 2, 5),
          LayerCase.of(
              "RMSNorm of two axes without affine",
              () -> new RMSNorm(3, 4).epsilon(1e-3).withoutAffine(),
              2,
              3,
              4),
          LayerCase.of("GroupNorm", () -> new GroupNorm(2, 4), 2, 4, 3),
          LayerCase.of(
              "GroupNorm of images without affine",
              () -> new GroupNorm(1, 2).withoutAffine().epsilon(1e-3),
              2,
              2,
              2,
              3),
          LayerCase.of("InstanceNorm1d", () -> new InstanceNorm1d(2), 2, 2, 5),
          LayerCase.of(
              "InstanceNorm2d with affine",
              () -> new InstanceNorm2d(2).withAffine().epsilon(1e-3),
              2,
              2,
              2,
              3),
          LayerCase.of("PReLU", PReLU::new, 2, 5),
          LayerCase.of("PReLU by channel", () -> new PReLU(3), 2, 3, 2),
          LayerCase.of("LeakyReLU", LeakyReLU::new, 2, 5),
          LayerCase.of("ELU", () -> new ELU(0.7), 2, 5).wide(),
          LayerCase.of("CELU", () -> new CELU(0.5), 2, 5).wide(),
          LayerCase.of("SELU", SELU::new, 2, 5).wide(),
          LayerCase.of("Softplus", Softplus::new, 2, 5).wide(),
          LayerCase.of("Softplus, sharp", () -> new Softplus(3).threshold(6), 2, 5).wide(),
          LayerCase.of("Softsign", Softsign::new, 2, 5).wide(),
          LayerCase.of("Mish", Mish::new, 2, 5).wide(),
          LayerCase.of("Hardswish", Hardswish::new, 2, 8).wide(),
          LayerCase.of("Hardsigmoid", Hardsigmoid::new, 2, 8).wide(),
          LayerCase.of("Hardtanh", () -> new Hardtanh(-1, 2), 2, 8).wide(),
          LayerCase.of("ReLU6", ReLU6::new, 2, 5).wide(),
          LayerCase.of("GLU", GLU::new, 2, 6).wide(),
          LayerCase.of("GLU of channels", () -> new GLU(1), 2, 4, 3),
          LayerCase.of("LogSigmoid", LogSigmoid::new, 2, 5).wide(),
          LayerCase.of("ReLU", ReLU::new, 2, 5),
          LayerCase.of("SiLU", SiLU::new, 2, 5).wide(),
          LayerCase.of("Sigmoid", Sigmoid::new, 2, 5).wide(),
          LayerCase.of("Tanh", Tanh::new, 2, 5).wide(),
          LayerCase.of("Softmax", Softmax::new, 2, 5).wide(),
          LayerCase.of("LogSoftmax of channels", () -> new LogSoftmax(1), 2, 3, 2).wide(),
          LayerCase.of("MaxPool1d", () -> new MaxPool1d(3, 2).padding(1), 1, 2, 8),
          LayerCase.of(
              "MaxPool1d, dilated",
              () -> new MaxPool1d(3).stride(2).padding(1).dilation(2).ceilMode(),
              1,
              2,
              10),
          LayerCase.of(
              "MaxPool2d",
              () -> new MaxPool2d(Pool2dGeometry.window(2, 3)).stride(2, 1).padding(1, 0),
              1,
              2,
              5,
              5),
          LayerCase.of(
              "MaxPool2d, dilated",
              () ->
                  new MaxPool2d(Pool2dGeometry.window(2, 3))
                      .stride(1, 2)
                      .padding(0, 1)
                      .dilation(3, 2),
              1,
              2,
              6,
              7),
          LayerCase.of("AvgPool1d", () -> new AvgPool1d(3, 2).padding(1).ceilMode(), 1, 2, 8),
          LayerCase.of(
              "AvgPool2d, everything",
              () ->
                  new AvgPool2d(Pool2dGeometry.window(2, 3))
                      .stride(2, 1)
                      .padding(1)
                      .ceilMode()
                      .withoutCountingPadding(),
              1,
              2,
              4,
              4),
          LayerCase.of("AdaptiveAvgPool1d", () -> new AdaptiveAvgPool1d(3), 1, 2, 7),
          LayerCase.of("AdaptiveAvgPool2d", () -> new AdaptiveAvgPool2d(3, 2), 1, 2, 5, 3),
          LayerCase.of("AdaptiveAvgPool2d, even", () -> new AdaptiveAvgPool2d(2), 1, 2, 4, 6),
          LayerCase.of(
              "AdaptiveAvgPool2d that enlarges", () -> new AdaptiveAvgPool2d(3), 1, 1, 2, 2),
          LayerCase.of("AdaptiveMaxPool1d", () -> new AdaptiveMaxPool1d(3), 1, 2, 7),
          LayerCase.of("AdaptiveMaxPool2d", () -> new AdaptiveMaxPool2d(3, 2), 1, 2, 5, 3),
          LayerCase.of("AdaptiveMaxPool2d, even", () -> new AdaptiveMaxPool2d(2), 1, 2, 4, 6),
          LayerCase.of("Upsample", () -> new Upsample(2), 1, 2, 2, 2),
          LayerCase.of("Upsample to a size", () -> new Upsample(5, 4), 1, 1, 3, 5),
          LayerCase.of("Upsample by fractions", () -> new Upsample(1).scale(1.7, 2.5), 1, 1, 3, 3),
          LayerCase.of("Upsample, bilinear", () -> new Upsample(2).bilinear(), 1, 2, 2, 3),
          LayerCase.of(
              "Upsample, bilinear by fractions",
              () -> new Upsample(1).scale(1.7, 0.7).bilinear(),
              1,
              1,
              3,
              4),
          LayerCase.of(
              "Upsample, bilinear to a size", () -> new Upsample(4, 3).bilinear(), 1, 1, 3, 5),
          LayerCase.of(
              "Upsample, bilinear with aligned corners",
              () -> new Upsample(5, 1).bilinear().alignCorners(),
              1,
              2,
              3,
              4),
          LayerCase.of("PixelShuffle", () -> new PixelShuffle(2), 1, 8, 2, 1),
          LayerCase.of("PixelUnshuffle", () -> new PixelUnshuffle(2), 1, 2, 4, 2),
          LayerCase.of("ZeroPad2d", () -> new ZeroPad2d(1, 2, 0, 3), 1, 1, 2, 2),
          LayerCase.of("ConstantPad2d", () -> new ConstantPad2d(1, 0.5), 1, 1, 2, 2),
          LayerCase.of("ReflectionPad1d", () -> new ReflectionPad1d(2, 1), 1, 2, 4),
          LayerCase.of("ReflectionPad2d", () -> new ReflectionPad2d(1, 2, 2, 0), 1, 1, 3, 3),
          LayerCase.of("ReplicationPad1d", () -> new ReplicationPad1d(2, 1), 1, 2, 2),
          LayerCase.of("ReplicationPad2d", () -> new ReplicationPad2d(1, 2, 2, 0), 1, 1, 2, 2),
          LayerCase.of(
              "Conv2d, reflected",
              () -> new Conv2d(1, 2, 3).padding(1, 2).paddingMode(PaddingMode.REFLECT),
              1,
              1,
              2,
              3),
          LayerCase.of(
              "Conv1d, replicated",
              () -> new Conv1d(2, 2, 3).padding(2).paddingMode(PaddingMode.REPLICATE),
              1,
              2,
              3),
          LayerCase.of("Flatten", Flatten::new, 2, 3, 2),
          LayerCase.of("Flatten of axes", () -> new Flatten(0, 1), 2, 3, 2),
          LayerCase.of("Unflatten", () -> new Unflatten(1, 3, -1), 2, 6, 2));
}
