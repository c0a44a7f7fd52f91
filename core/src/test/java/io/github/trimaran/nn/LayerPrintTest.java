package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.Pool2dGeometry;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How layers print. */
class LayerPrintTest {

  @Test
  void aModelIsATree() {
    assertThat(
            new Sequential(
                    new Conv2d(3, 32, 7).padding(3),
                    new BatchNorm2d(32),
                    new Residual(new Linear(4, 4).withoutBias()))
                .toString())
        .isEqualTo(
            """
            Sequential(
              (0): Conv2d(3, 32, kernel 7 x 7, padding 3)
              (1): BatchNorm2d(32)
              (2): Residual(
                (body): Linear(4, 4, without bias)
                (shortcut): Identity()
              )
            )""");
  }

  @Test
  void whatIsNotUsualIsSaid() {
    assertThat(
            Stream.of(
                    new Conv1d(1, 2, 4).samePadding(),
                    new Conv1d(1, 2, 3).stride(2).padding(1).paddingMode(PaddingMode.REFLECT),
                    new Conv2d(2, 4, 3, 1).stride(2, 1).padding(1, 0).dilation(2).groups(2),
                    new ConvTranspose2d(1, 1, 2).stride(2).outputPadding(1, 0).withoutBias(),
                    new BatchNorm1d(3).cumulativeAverage().epsilon(0.01).withoutAffine(),
                    new BatchNorm2d(3).momentum(0.5).withoutWeight().withoutRunningStatistics(),
                    new LayerNorm(3, 4).withoutBias(),
                    new RMSNorm(8).epsilon(0.5),
                    new GroupNorm(2, 8),
                    new InstanceNorm2d(4).withAffine(),
                    new MaxPool2d(3, 2).padding(1).ceilMode().dilation(2, 1),
                    new AvgPool2d(Pool2dGeometry.window(2, 3)).withoutCountingPadding(),
                    new MaxPool1d(2).stride(1).dilation(3),
                    new AdaptiveAvgPool2d(7),
                    new Upsample(2).bilinear().alignCorners(),
                    new Upsample(5, 6),
                    new ReflectionPad2d(1, 2, 3, 4),
                    new ConstantPad2d(1, 0.5),
                    new PReLU(3),
                    new Dropout(0.5),
                    new Flatten(),
                    new Flatten(2, 3),
                    new Unflatten(1, 2, -1),
                    new Lambda("halved", x -> x.mul(0.5)))
                .map(Layer::toString))
        .containsExactly(
            "Conv1d(1, 2, kernel 4, padding left 1, right 2)",
            "Conv1d(1, 2, kernel 3, stride 2, padding 1, padding mode reflect)",
            "Conv2d(2, 4, kernel 3 x 1, stride 2 x 1, padding 1 x 0, dilation 2, groups 2)",
            "ConvTranspose2d(1, 1, kernel 2 x 2, stride 2, without bias, output padding 1 x 0)",
            "BatchNorm1d(3, cumulative average, epsilon 0.01, without affine)",
            "BatchNorm2d(3, momentum 0.5, without weight, without running statistics)",
            "LayerNorm([3, 4], without bias)",
            "RMSNorm([8], epsilon 0.5)",
            "GroupNorm(2, 8)",
            "InstanceNorm2d(4, with affine)",
            "MaxPool2d(3 x 3, stride 2, padding 1, ceil mode, dilation 2 x 1)",
            "AvgPool2d(2 x 3, without counting padding)",
            "MaxPool1d(2, stride 1, dilation 3)",
            "AdaptiveAvgPool2d(7 x 7)",
            "Upsample(scale 2.0 x 2.0, bilinear, aligned corners)",
            "Upsample(size 5 x 6, nearest)",
            "ReflectionPad2d(left 1, right 2, top 3, bottom 4)",
            "ConstantPad2d(1, value 0.5)",
            "PReLU(3)",
            "Dropout(0.5)",
            "Flatten()",
            "Flatten(axes 2 to 3)",
            "Unflatten(axis 1, [2, -1])",
            "Lambda(halved)");
  }
}
