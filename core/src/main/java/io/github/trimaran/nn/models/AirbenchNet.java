package io.github.trimaran.nn.models;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.nn.BatchNorm2d;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.FixedConv2d;
import io.github.trimaran.nn.GELU;
import io.github.trimaran.nn.GlobalMaxPool;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.MaxPool2d;
import io.github.trimaran.nn.Residual;
import io.github.trimaran.nn.Scale;
import io.github.trimaran.nn.Sequential;
import java.util.function.Supplier;

/**
 * A small VGG-like network that trains fast: the one of airbench (Jordan 2024, "94% on CIFAR-10 in
 * 3.29 seconds on a single GPU", section 3). Whitening of 2 x 2 patches, then three groups of
 * convolution - max pool - batch norm - activation - convolution - batch norm - activation, a last
 * max pool over all that is left, and an affine map whose scores are scaled down. {@code [N, 3, H,
 * W] -> [N, classes]}, for the paper's images of 32 x 32 pixels and others of at least 9 x 9. The 3
 * x 3 convolutions start as partial identities; batch norm has no weight, only a bias.
 *
 * <pre>{@code
 * HostArray filters = PatchWhitening.filters(dataset, Normalization.perChannel(dataset), 2, 5e-4);
 * AirbenchNet network = new AirbenchNet(AirbenchNet.Settings.defaults(), filters);
 * network.init(backend, DType.FLOAT32, Rng.seeded(29));
 * }</pre>
 *
 * <p>The deep form, the same paper's airbench96, has a third convolution and batch norm in each
 * group, and the group's first activation is added to what the last two give, before a last
 * activation.
 */
public final class AirbenchNet extends Sequential {

  /** The paper has 0.4, for batches of a thousand and more; this is for those of a few hundred. */
  private static final double MOMENTUM = 0.1;

  private static final double EPSILON = 1e-5;
  private static final double LOGIT_SCALE = 1.0 / 9;

  /**
   * The size of the network.
   *
   * @param width1 channels of the first group: 64 in the paper
   * @param width2 of the second: 256
   * @param width3 of the third: 256
   * @param classes how many scores
   * @param deep whether a group has three convolutions instead of two
   * @param activation makes the activation: GELU in the paper
   */
  public record Settings(
      int width1,
      int width2,
      int width3,
      int classes,
      boolean deep,
      Supplier<? extends Layer> activation) {

    /** The paper's. */
    public static Settings defaults() {
      return new Settings(64, 256, 256, 10, false, GELU::new);
    }

    /** The same with widths times {@code factor}. */
    public Settings scaled(double factor) {
      return new Settings(
          (int) Math.round(width1 * factor),
          (int) Math.round(width2 * factor),
          (int) Math.round(width3 * factor),
          classes,
          deep,
          activation);
    }

    /** The same with three convolutions in a group. */
    public Settings deepened() {
      return new Settings(width1, width2, width3, classes, true, activation);
    }

    /** The same for that many classes. */
    public Settings withClasses(int number) {
      return new Settings(width1, width2, width3, number, deep, activation);
    }

    /** The same with another activation. */
    public Settings withActivation(Supplier<? extends Layer> other) {
      return new Settings(width1, width2, width3, classes, deep, other);
    }
  }

  /** With the whitening filters of the training images, see {@code PatchWhitening}. */
  public AirbenchNet(Settings settings, HostArray whitening) {
    this(settings, new FixedConv2d(whitening), whitening.shape().dim(0));
  }

  /** With whitening filters of this shape that will be loaded with the other weights. */
  public AirbenchNet(Settings settings, Shape whitening) {
    this(settings, new FixedConv2d(whitening), whitening.dim(0));
  }

  private AirbenchNet(Settings settings, FixedConv2d whiten, int whitened) {
    super(
        builder()
            .add("whiten", whiten)
            .add("act", settings.activation().get())
            .add("group1", group(whitened, settings.width1(), settings))
            .add("group2", group(settings.width1(), settings.width2(), settings))
            .add("group3", group(settings.width2(), settings.width3(), settings))
            .add("pool", new GlobalMaxPool())
            .add("head", new Linear(settings.width3(), settings.classes()).withoutBias())
            .add("scale", new Scale(LOGIT_SCALE)));
  }

  private static Sequential group(int inputs, int outputs, Settings settings) {
    Sequential.Builder group =
        Sequential.builder()
            .add("conv1", convolution(inputs, outputs))
            .add("pool", new MaxPool2d(2))
            .add("norm1", norm(outputs))
            .add("act1", settings.activation().get());
    if (settings.deep()) {
      return group
          .add("residual", new Residual(rest(outputs, settings)))
          .add("act3", settings.activation().get())
          .build();
    }
    return group
        .add("conv2", convolution(outputs, outputs))
        .add("norm2", norm(outputs))
        .add("act2", settings.activation().get())
        .build();
  }

  private static Sequential rest(int channels, Settings settings) {
    return Sequential.builder()
        .add("conv2", convolution(channels, channels))
        .add("norm2", norm(channels))
        .add("act2", settings.activation().get())
        .add("conv3", convolution(channels, channels))
        .add("norm3", norm(channels))
        .build();
  }

  private static Conv2d convolution(int inputs, int outputs) {
    return new Conv2d(inputs, outputs, 3)
        .samePadding()
        .withoutBias()
        .weightInit(Initializers.dirac());
  }

  private static BatchNorm2d norm(int channels) {
    return new BatchNorm2d(channels).momentum(MOMENTUM).epsilon(EPSILON).withoutWeight();
  }
}
