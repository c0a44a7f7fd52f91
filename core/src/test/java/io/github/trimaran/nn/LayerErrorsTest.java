package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What layers say to inputs and settings that do not fit: one line, with the shapes. */
class LayerErrorsTest {

  private final NaiveBackend backend = new NaiveBackend();

  private void refuses(Layer layer, String message, int... input) {
    refuses(layer, Mode.EVAL, message, input);
  }

  private void refuses(Layer layer, Mode mode, String message, int... input) {
    try (layer;
        Scope scope = Scope.open()) {
      layer.init(backend, DType.FLOAT64, Rng.seeded(1));
      Tensor x = Tensor.ones(backend, Shape.of(input), DType.FLOAT64);
      assertThatThrownBy(() -> layer.forward(x, mode))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message + " (in " + layer.kind() + ")");
    }
  }

  private static void refused(ThrowingCallable settings, String message) {
    assertThatThrownBy(settings).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void linear() {
    refuses(new Linear(3, 2), "Linear: input must be [..., 3], is [2, 4]", 2, 4);
    refuses(new Linear(3, 2), "Linear: input must be [..., 3], is []");
    refused(() -> new Linear(0, 2), "Linear: inputs and outputs must be at least 1, are 0 and 2");
  }

  @Test
  void convolutions() {
    refuses(new Conv1d(3, 2, 1), "Conv1d: input must be [N, 3, L], is [2, 4, 5]", 2, 4, 5);
    refuses(new Conv1d(3, 2, 1), "Conv1d: input must be [N, 3, L], is [3, 5]", 3, 5);
    refuses(new Conv2d(3, 2, 1), "Conv2d: input must be [N, 3, H, W], is [2, 3, 5]", 2, 3, 5);
    refuses(
        new ConvTranspose1d(3, 2, 1),
        "ConvTranspose1d: input must be [N, 3, L], is [2, 4, 5]",
        2,
        4,
        5);
    refuses(
        new ConvTranspose2d(1, 2, 3).padding(1).outputPadding(1),
        "ConvTranspose2d: output padding must be from 0 to below the stride, is 1 x 1 for a stride"
            + " of 1 x 1",
        1,
        1,
        2,
        2);
    refuses(
        new ConvTranspose2d(1, 2, 3).padding(2),
        "ConvTranspose2d: padding leaves 0 x 1 of the input [1, 1, 2, 3]; take less",
        1,
        1,
        2,
        3);
    refused(
        () -> new Conv2d(3, 4, 0),
        "Conv2d: channels and kernel must be at least 1, are 3 to 4 and 0 x 0");
    refused(
        () -> new Conv1d(3, 4, 2).groups(2),
        "Conv1d: 3 input and 4 output channels do not divide into 2 groups");
    refuses(
        new Conv2d(1, 1, 3).padding(2).paddingMode(PaddingMode.REFLECT),
        "padReflect: axis 2 has only 1 values to mirror ([1, 1, 2, 4])",
        1,
        1,
        2,
        4);
  }

  @Test
  void norms() {
    refuses(new BatchNorm1d(3), "BatchNorm1d: input must be [N, 3] or [N, 3, L], is [3]", 3);
    refuses(new BatchNorm1d(3), "BatchNorm1d: input must be [N, 3] or [N, 3, L], is [2, 4]", 2, 4);
    refuses(
        new BatchNorm2d(3), "BatchNorm2d: input must be [N, 3, H, W], is [2, 4, 1, 1]", 2, 4, 1, 1);
    refuses(
        new BatchNorm1d(3),
        Mode.train(Rng.seeded(1)),
        "BatchNorm1d: statistics need at least two values a channel, input is [1, 3]",
        1,
        3);
    refuses(new LayerNorm(3, 4), "LayerNorm: input must be [..., 3, 4], is [2, 4]", 2, 4);
    refuses(new RMSNorm(3), "RMSNorm: input must be [..., 3], is [2, 4]", 2, 4);
    refuses(new GroupNorm(2, 4), "GroupNorm: input must be [N, 4, ...], is [2, 6, 3]", 2, 6, 3);
    refuses(
        new InstanceNorm1d(2), "InstanceNorm1d: input must be [N, 2, L], is [2, 3, 3]", 2, 3, 3);
    refuses(
        new InstanceNorm2d(2), "InstanceNorm2d: input must be [N, 2, H, W], is [2, 2, 3]", 2, 2, 3);
    refused(() -> new GroupNorm(3, 4), "GroupNorm: 4 channels do not divide into 3 groups");
    refused(() -> new LayerNorm(), "LayerNorm: the normalised shape must have elements, is []");
    refused(() -> new RMSNorm(2, 0), "RMSNorm: the normalised shape must have elements, is [2, 0]");
    refused(() -> new BatchNorm2d(3).momentum(1.5), "BatchNorm2d: momentum must be 0 to 1, is 1.5");
  }

  @Test
  void pools() {
    refuses(new MaxPool1d(2), "MaxPool1d: input must be [N, C, L], is [2, 3]", 2, 3);
    refuses(new AvgPool2d(2), "AvgPool2d: input must be [N, C, H, W], is [2, 3, 4]", 2, 3, 4);
    refuses(
        new MaxPool2d(2).dilation(4),
        "pool2d: window 5 x 5 does not fit the padded input 4 x 4 (input [1, 1, 4, 4])",
        1,
        1,
        4,
        4);
    refuses(
        new MaxPool1d(2).padding(1).dilation(3),
        "maxPool2d: a window lies in the padding alone; take less padding ([1, 1, 1, 2])",
        1,
        1,
        2);
    refuses(
        new AdaptiveAvgPool2d(2), "AdaptiveAvgPool2d: input must be [N, C, H, W], is [2, 3]", 2, 3);
    refuses(
        new AdaptiveMaxPool1d(2),
        "adaptiveMaxPool2d: input must be [N, C, H, W] with places to pool ([1, 2, 1, 0])",
        1,
        2,
        0);
    refuses(new GlobalAvgPool(), "GlobalAvgPool: input must be [N, C, H, W], is [2, 3]", 2, 3);
    refused(
        () -> new AdaptiveMaxPool2d(0, 2), "AdaptiveMaxPool2d: size must be at least 1, is 0 x 2");
    refused(() -> new MaxPool1d(2).dilation(0), "MaxPool1d: dilation must be at least 1, is 0");
    refused(
        () -> new AvgPool2d(Pool2dGeometry.window(2, 3)).padding(0, 2),
        "pool2d: padding must be from 0 to half the window, is 0 x 2 for a window of 2 x 3");
  }

  @Test
  void shapes() {
    refuses(new GLU(), "GLU: axis -1 must be of even extent to be halved, input is [2, 3]", 2, 3);
    refuses(new PReLU(3), "PReLU: input must be [N, 3, ...], is [2, 4]", 2, 4);
    refuses(new Reshape(2, 3), "Reshape: 8 elements do not fill [2, 3], input is [5, 8]", 5, 8);
    refuses(new Reshape(-1, 3), "Reshape: 8 elements do not fill [-1, 3], input is [5, 8]", 5, 8);
    refuses(
        new Unflatten(1, 2, 3), "Unflatten: 8 elements do not fill [2, 3], input is [5, 8]", 5, 8);
    refuses(
        new Flatten(2, 1), "Flatten: axis 2 lies behind axis 1 of the input [1, 2, 3]", 1, 2, 3);
    refuses(new Flatten(), "Flatten: no axis 1 in shape [] of rank 0");
    refuses(
        new PixelShuffle(2),
        "PixelShuffle: input must be [N, C * 4, H, W], is [1, 6, 2, 2]",
        1,
        6,
        2,
        2);
    refuses(
        new PixelUnshuffle(2),
        "PixelUnshuffle: input must be [N, C, H * 2, W * 2], is [1, 6, 3, 2]",
        1,
        6,
        3,
        2);
    refuses(new Upsample(2), "Upsample: input must be [N, C, H, W], is [1, 2, 3]", 1, 2, 3);
    refuses(
        new Upsample(0.2),
        "Upsample: nothing would be left of the input [1, 1, 3, 6], 0 x 1",
        1,
        1,
        3,
        6);
    refuses(new ZeroPad2d(1), "ZeroPad2d: input must be [N, C, H, W], is [2, 3]", 2, 3);
    refuses(
        new ReflectionPad1d(3),
        "padReflect: axis 2 has only 2 values to mirror ([1, 1, 3])",
        1,
        1,
        3);
    refused(
        () -> new ZeroPad2d(-1), "ZeroPad2d: padding must not be negative, is -1; narrow instead");
    refused(() -> new Upsample(0, 3), "Upsample: size and scale must be above 0, is size 0 x 3");
    refused(
        () -> new Upsample(2).alignCorners(), "Upsample: corners are aligned with bilinear() only");
    refused(
        () -> new Hardtanh(1, 1),
        "Hardtanh: the lower bound must be below the upper, are 1.0 and 1.0");
    refuses(
        new Dropout2d(0.5),
        Mode.train(Rng.seeded(1)),
        "Dropout2d: input must be [N, C, H, W], is [2, 3, 4]",
        2,
        3,
        4);
  }

  @Test
  void whatALayerWasMadeWithout() {
    assertThatThrownBy(() -> new Conv2d(1, 1, 1).withoutBias().bias())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Conv2d: was made without bias");
    assertThatThrownBy(() -> new BatchNorm1d(1).withoutAffine().weight())
        .hasMessage("BatchNorm1d: was made without weight");
  }
}
