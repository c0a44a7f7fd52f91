package io.github.trimaran.nn;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Convolution;
import io.github.trimaran.tensor.Tensor;
import java.util.Locale;

/**
 * What convolutions over a line and over an image share. A line is convolved as an image of one
 * row: {@code [N, C, L]} as {@code [N, C, 1, L]}.
 *
 * @param <L> the layer itself, which its methods return changed
 */
abstract class ConvNd<L extends ConvNd<L>> extends Layer {

  /**
   * What a convolution is made with.
   *
   * @param kernel {@code [K]} or {@code [KH, KW]}
   * @param geometry of the image; a line has its own along the width
   * @param biasInit null for PyTorch's
   */
  record Settings(
      int inChannels,
      int outChannels,
      Shape kernel,
      Conv2dGeometry geometry,
      PaddingMode paddingMode,
      boolean biased,
      Initializer weightInit,
      Initializer biasInit) {

    static Settings of(int inChannels, int outChannels, int... kernel) {
      return new Settings(
          inChannels,
          outChannels,
          Shape.of(kernel),
          Conv2dGeometry.unit(),
          PaddingMode.ZEROS,
          true,
          Initializers.torchDefault(),
          null);
    }

    Settings with(Conv2dGeometry other, PaddingMode mode) {
      return new Settings(
          inChannels, outChannels, kernel, other, mode, biased, weightInit, biasInit);
    }

    Settings with(boolean bias, Initializer weights, Initializer biases) {
      return new Settings(
          inChannels, outChannels, kernel, geometry, paddingMode, bias, weights, biases);
    }

    boolean isLine() {
      return kernel.rank() == 1;
    }

    int kernelH() {
      return isLine() ? 1 : kernel.dim(0);
    }

    int kernelW() {
      return kernel.dim(-1);
    }
  }

  private final Settings settings;
  private final Variable weight;
  private final Variable bias;

  /** A convolution whose weight maps {@code from} channels to {@code to}, the latter by group. */
  ConvNd(Settings settings, int to, int from) {
    this.settings = settings;
    int groups = settings.geometry().groups();
    check(groups);
    Shape kernel = settings.kernel();
    Shape shape =
        settings.isLine()
            ? Shape.of(to, from / groups, kernel.dim(0))
            : Shape.of(to, from / groups, kernel.dim(0), kernel.dim(1));
    weight = parameter("weight", Parameter.Role.WEIGHT, shape, settings.weightInit());
    Initializer biasInit =
        settings.biasInit() != null
            ? settings.biasInit()
            : Initializers.uniform(1 / Math.sqrt(Initializers.fanIn(shape)));
    bias =
        settings.biased()
            ? parameter("bias", Parameter.Role.BIAS, Shape.of(settings.outChannels()), biasInit)
            : null;
  }

  private void check(int groups) {
    int inputs = settings.inChannels();
    int outputs = settings.outChannels();
    if (inputs < 1 || outputs < 1 || settings.kernelH() < 1 || settings.kernelW() < 1) {
      throw error(
          "channels and kernel must be at least 1, are "
              + inputs
              + " to "
              + outputs
              + " and "
              + kernelText());
    }
    if (inputs % groups != 0 || outputs % groups != 0) {
      throw error(
          inputs
              + " input and "
              + outputs
              + " output channels do not divide into "
              + groups
              + " groups");
    }
  }

  /** The same layer made anew. */
  abstract L with(Settings changed);

  final Settings settings() {
    return settings;
  }

  // ---- settings -------------------------------------------------------------------------------

  /** The same with that stride both ways. */
  public L stride(int stride) {
    return moved(settings.geometry().withStride(settings.isLine() ? 1 : stride, stride));
  }

  /** The same with that many zeros on all sides. */
  public L padding(int padding) {
    return moved(settings.geometry().withPadding(settings.isLine() ? 0 : padding, padding));
  }

  /** The same with elements of the window that far apart, both ways. */
  public L dilation(int dilation) {
    return moved(settings.geometry().withDilation(settings.isLine() ? 1 : dilation, dilation));
  }

  /** The same with channels in that many groups, convolved apart from each other. */
  public L groups(int groups) {
    return moved(settings.geometry().withGroups(groups));
  }

  /** The same with that movement of the window; over a line, of one row. */
  public L geometry(Conv2dGeometry geometry) {
    return moved(geometry);
  }

  final L moved(Conv2dGeometry geometry) {
    requireNotInitialised("geometry");
    return with(settings.with(geometry, settings.paddingMode()));
  }

  final L padded(PaddingMode mode) {
    requireNotInitialised("paddingMode");
    return with(settings.with(settings.geometry(), mode));
  }

  /**
   * The same padded so that stride 1 keeps the extents; an even kernel gets the odd row or column
   * below or on the right. Set the dilation first.
   */
  final L samePadded() {
    Conv2dGeometry geometry = settings.geometry();
    int height = geometry.dilationH() * (settings.kernelH() - 1);
    int width = geometry.dilationW() * (settings.kernelW() - 1);
    return moved(
        geometry.withPadding(height / 2, height - height / 2, width / 2, width - width / 2));
  }

  /** The same with other first weights. */
  public L weightInit(Initializer initializer) {
    requireNotInitialised("weightInit");
    return with(settings.with(settings.biased(), initializer, settings.biasInit()));
  }

  /** The same with other first biases. */
  public L biasInit(Initializer initializer) {
    requireNotInitialised("biasInit");
    return with(settings.with(settings.biased(), settings.weightInit(), initializer));
  }

  /** The same without bias. */
  public L withoutBias() {
    requireNotInitialised("bias");
    return with(settings.with(false, settings.weightInit(), settings.biasInit()));
  }

  // ---- what it has ----------------------------------------------------------------------------

  /** How the window moves. */
  public final Conv2dGeometry geometry() {
    return settings.geometry();
  }

  /** The filters. */
  public final Variable weight() {
    return weight;
  }

  /**
   * One number an output channel.
   *
   * @throws IllegalStateException if it was made without
   */
  public final Variable bias() {
    return required("bias", bias);
  }

  @Override
  protected String describe() {
    Conv2dGeometry g = settings.geometry();
    StringBuilder text = new StringBuilder();
    text.append(settings.inChannels()).append(", ").append(settings.outChannels());
    text.append(", kernel ").append(kernelText());
    append(text, "stride", g.strideH(), g.strideW(), 1);
    if (g.isSymmetric()) {
      append(text, "padding", g.padTop(), g.padLeft(), 0);
    } else {
      text.append(", padding ");
      if (!settings.isLine()) {
        text.append("top ").append(g.padTop()).append(", bottom ").append(g.padBottom());
        text.append(", ");
      }
      text.append("left ").append(g.padLeft()).append(", right ").append(g.padRight());
    }
    if (settings.paddingMode() != PaddingMode.ZEROS) {
      text.append(", padding mode ").append(settings.paddingMode().name().toLowerCase(Locale.ROOT));
    }
    append(text, "dilation", g.dilationH(), g.dilationW(), 1);
    text.append(g.groups() == 1 ? "" : ", groups " + g.groups());
    return text.append(bias == null ? ", without bias" : "").toString();
  }

  private String kernelText() {
    return settings.isLine()
        ? Integer.toString(settings.kernelW())
        : settings.kernelH() + " x " + settings.kernelW();
  }

  /** Adds a setting where it is not the usual one. */
  final void append(StringBuilder text, String name, int height, int width, int usual) {
    if (settings.isLine() || height == width) {
      text.append(width == usual ? "" : ", " + name + " " + width);
    } else {
      text.append(", ").append(name).append(' ').append(height).append(" x ").append(width);
    }
  }

  // ---- the function ---------------------------------------------------------------------------

  @Override
  protected final Tensor compute(Tensor x, Mode mode) {
    return convolved(x, false);
  }

  @Override
  protected final Tensor computeRelu(Tensor x, Mode mode) {
    return convolved(x, true);
  }

  private Tensor convolved(Tensor x, boolean relu) {
    requireInput(x);
    Tensor filters = weight.tensor();
    if (!settings.isLine()) {
      return convolve(x, filters, relu);
    }
    Tensor y = convolve(x.unsqueeze(2), filters.unsqueeze(2), relu);
    return y.reshape(y.shape().without(2));
  }

  /** The convolution of an image {@code [N, C, H, W]} with a weight of four axes. */
  Tensor convolve(Tensor image, Tensor filters, boolean relu) {
    Tensor seen = padded(image);
    Conv2dGeometry geometry = geometryOfPadded();
    if (bias != null) {
      return Convolution.conv2d(seen, filters, bias.tensor(), geometry, relu);
    }
    Tensor y = Convolution.conv2d(seen, filters, geometry);
    return relu ? y.relu() : y;
  }

  final boolean isBiased() {
    return bias != null;
  }

  /** The image with a border of other values than zeros. */
  final Tensor padded(Tensor image) {
    return settings.paddingMode() == PaddingMode.ZEROS
        ? image
        : settings.paddingMode().pad(image, settings.geometry());
  }

  /** How the window moves over that. */
  final Conv2dGeometry geometryOfPadded() {
    return settings.paddingMode() == PaddingMode.ZEROS
        ? settings.geometry()
        : settings.geometry().withPadding(0, 0);
  }

  final void requireInput(Tensor x) {
    int rank = settings.kernel().rank() + 2;
    if (x.shape().rank() != rank || x.shape().dim(1) != settings.inChannels()) {
      throw error(
          "input must be [N, "
              + settings.inChannels()
              + (settings.isLine() ? ", L]" : ", H, W]")
              + ", is "
              + x.shape());
    }
  }

  @Override
  public Form form() {
    Conv2dGeometry g = settings.geometry();
    return Form.of("inputs", settings.inChannels())
        .with("outputs", settings.outChannels())
        .with("kernel", settings.kernel())
        .with("stride", new int[] {g.strideH(), g.strideW()})
        .with("padding", new int[] {g.padTop(), g.padBottom(), g.padLeft(), g.padRight()})
        .with("dilation", new int[] {g.dilationH(), g.dilationW()})
        .with("groups", g.groups(), 1)
        .with("padding_mode", settings.paddingMode(), PaddingMode.ZEROS)
        .with("bias", bias != null, true);
  }
}
