package io.github.trimaran.nn;

import java.util.List;

/** Layers and settings worth checking, small, so that their numbers fit into a small table. */
final class LayerCases {

  private LayerCases() {}

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
              3));
}
