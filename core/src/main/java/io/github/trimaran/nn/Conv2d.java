package io.github.trimaran.nn;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Convolution;
import io.github.trimaran.tensor.Tensor;

/**
 * Two-dimensional convolution, {@code [N, C, H, W] -> [N, F, OH, OW]}; formula in {@link
 * Conv2dGeometry}. Parameters {@code weight [F, C/groups, KH, KW]} and {@code bias [F]}, first
 * drawn as PyTorch does: uniform with bound {@code 1 / sqrt(C/groups KH KW)}.
 *
 * <pre>{@code
 * new Conv2d(3, 32, 7).padding(3).weightInit(Initializers.heNormal())
 * }</pre>
 */
public final class Conv2d extends Layer {

  private record Settings(
      int inChannels,
      int outChannels,
      int kernelH,
      int kernelW,
      Conv2dGeometry geometry,
      Initializer weightInit,
      Initializer biasInit) {

    Settings {
      if (inChannels < 1 || outChannels < 1 || kernelH < 1 || kernelW < 1) {
        throw new IllegalArgumentException(
            "Conv2d: channels and kernel must be at least 1, are "
                + inChannels
                + " to "
                + outChannels
                + " and "
                + kernelH
                + " x "
                + kernelW);
      }
    }

    Settings with(Conv2dGeometry other) {
      return new Settings(inChannels, outChannels, kernelH, kernelW, other, weightInit, biasInit);
    }

    Settings with(Initializer newWeightInit, Initializer newBiasInit) {
      return new Settings(
          inChannels, outChannels, kernelH, kernelW, geometry, newWeightInit, newBiasInit);
    }
  }

  private final Settings settings;
  private final Variable weight;
  private final Variable bias;

  private Conv2d(Settings settings) {
    this.settings = settings;
    int groups = settings.geometry().groups();
    if (settings.inChannels() % groups != 0 || settings.outChannels() % groups != 0) {
      throw new IllegalArgumentException(
          "Conv2d: "
              + settings.inChannels()
              + " input and "
              + settings.outChannels()
              + " output channels do not divide into "
              + groups
              + " groups");
    }
    Shape shape =
        Shape.of(
            settings.outChannels(),
            settings.inChannels() / groups,
            settings.kernelH(),
            settings.kernelW());
    weight = parameter("weight", Parameter.Role.WEIGHT, shape, settings.weightInit());
    bias =
        settings.biasInit() == null
            ? null
            : parameter(
                "bias", Parameter.Role.BIAS, Shape.of(settings.outChannels()), settings.biasInit());
  }

  /** A square kernel, stride 1, no padding, with bias. */
  public Conv2d(int inChannels, int outChannels, int kernel) {
    this(inChannels, outChannels, kernel, kernel);
  }

  /** A kernel of {@code kernelH} rows and {@code kernelW} columns. */
  public Conv2d(int inChannels, int outChannels, int kernelH, int kernelW) {
    this(
        new Settings(
            inChannels,
            outChannels,
            kernelH,
            kernelW,
            Conv2dGeometry.unit(),
            Initializers.torchDefault(),
            Initializers.uniform(1 / Math.sqrt(inChannels * kernelH * kernelW))));
  }

  /** The same with that stride both ways. */
  public Conv2d stride(int stride) {
    Conv2dGeometry g = settings.geometry();
    return geometry(
        new Conv2dGeometry(
            stride,
            stride,
            g.padTop(),
            g.padBottom(),
            g.padLeft(),
            g.padRight(),
            g.dilationH(),
            g.dilationW(),
            g.groups()));
  }

  /** The same with that many rows and columns of zeros on all sides. */
  public Conv2d padding(int padding) {
    return padded(padding, padding, padding, padding);
  }

  /**
   * The same padded so that stride 1 keeps height and width; an even kernel gets the odd row or
   * column below or on the right. Set the dilation first.
   */
  public Conv2d samePadding() {
    int height = settings.geometry().dilationH() * (settings.kernelH() - 1);
    int width = settings.geometry().dilationW() * (settings.kernelW() - 1);
    return padded(height / 2, height - height / 2, width / 2, width - width / 2);
  }

  private Conv2d padded(int top, int bottom, int left, int right) {
    Conv2dGeometry g = settings.geometry();
    return geometry(
        new Conv2dGeometry(
            g.strideH(),
            g.strideW(),
            top,
            bottom,
            left,
            right,
            g.dilationH(),
            g.dilationW(),
            g.groups()));
  }

  /** The same with that dilation both ways. */
  public Conv2d dilation(int dilation) {
    return geometry(settings.geometry().withDilation(dilation));
  }

  /** The same with channels in that many groups, convolved apart from each other. */
  public Conv2d groups(int groups) {
    return geometry(settings.geometry().withGroups(groups));
  }

  /** The same with that movement of the window. */
  public Conv2d geometry(Conv2dGeometry geometry) {
    requireNotInitialised("geometry");
    return new Conv2d(settings.with(geometry));
  }

  /** The same with other first weights. */
  public Conv2d weightInit(Initializer initializer) {
    requireNotInitialised("weightInit");
    return new Conv2d(settings.with(initializer, settings.biasInit()));
  }

  /** The same with other first biases. */
  public Conv2d biasInit(Initializer initializer) {
    requireNotInitialised("biasInit");
    return new Conv2d(settings.with(settings.weightInit(), initializer));
  }

  /** The same without bias. */
  public Conv2d withoutBias() {
    requireNotInitialised("bias");
    return new Conv2d(settings.with(settings.weightInit(), null));
  }

  /** How the window moves. */
  public Conv2dGeometry geometry() {
    return settings.geometry();
  }

  /** {@code [F, C/groups, KH, KW]}. */
  public Variable weight() {
    return weight;
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    if (bias == null) {
      return Convolution.conv2d(x, weight.tensor(), settings.geometry());
    }
    return Convolution.conv2d(x, weight.tensor(), bias.tensor(), settings.geometry(), false);
  }

  @Override
  protected Tensor computeRelu(Tensor x, Mode mode) {
    if (bias == null) {
      return Convolution.conv2d(x, weight.tensor(), settings.geometry()).relu();
    }
    return Convolution.conv2d(x, weight.tensor(), bias.tensor(), settings.geometry(), true);
  }
}
