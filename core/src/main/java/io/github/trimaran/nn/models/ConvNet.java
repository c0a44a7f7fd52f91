package io.github.trimaran.nn.models;

import io.github.trimaran.array.Shape;
import io.github.trimaran.nn.BatchNorm2d;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Dropout;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Form;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.MaxPool2d;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;

/**
 * A plain deep convolutional network, wide open to choices: {@code depth} blocks, then two affine
 * maps. {@code [N, C, H, W] -> [N, classes]}.
 *
 * <pre>{@code
 * ConvNet network =
 *     new ConvNet(new ConvNet.Settings(Shape.of(3, 32, 32), 2, 32, 3, 256, 10, true, 0.3));
 * network.init(backend, DType.FLOAT32, Rng.seeded(29));
 * Tensor scores = network.forward(images);    // [N, 3, 32, 32] -> [N, 10]
 * }</pre>
 *
 * <pre>
 * block  = (convolution - batch norm? - ReLU) twice - 2 x 2 max pooling; block i has filters * 2^i filters
 * scores = flatten - affine - ReLU - dropout - affine
 * </pre>
 *
 * <p>With one block it is the course's {@link BasicConvNet} with a second convolution.
 */
public final class ConvNet extends Sequential {

  /**
   * The shape of the network.
   *
   * @param inputShape of one image, {@code [C, H, W]}
   * @param depth how many blocks; each halves height and width
   * @param filters of the first block
   * @param filterSize height and width of all filters
   * @param hidden how many numbers the first affine map gives
   * @param classes how many classes there are
   * @param batchNorm whether to normalise after each convolution
   * @param dropout the share of hidden numbers dropped in training, 0 to below 1
   */
  public record Settings(
      Shape inputShape,
      int depth,
      int filters,
      int filterSize,
      int hidden,
      int classes,
      boolean batchNorm,
      double dropout) {

    /** Checks that the image survives that many halvings. */
    public Settings {
      if (inputShape.rank() != 3) {
        throw new IllegalArgumentException("ConvNet: input must be [C, H, W], is " + inputShape);
      }
      if (depth < 1 || filters < 1 || filterSize < 1 || hidden < 1 || classes < 1) {
        throw new IllegalArgumentException(
            "ConvNet: depth, filters, filter size, hidden and classes must be at least 1");
      }
      if (inputShape.dim(1) >> depth < 1 || inputShape.dim(2) >> depth < 1) {
        throw new IllegalArgumentException(
            "ConvNet: depth " + depth + " pools the image " + inputShape + " away; make it less");
      }
    }

    /**
     * How many multiplications, each with an addition, the convolutions and affine maps take for
     * one image; training takes three times as many.
     */
    public long multiplyAdds() {
      long sum = 0;
      long inputs = inputShape.dim(0);
      long outputs = filters;
      for (int block = 0; block < depth; block++) {
        long positions = (long) (inputShape.dim(1) >> block) * (inputShape.dim(2) >> block);
        sum += positions * filterSize * filterSize * outputs * (inputs + outputs);
        inputs = outputs;
        outputs *= 2;
      }
      long last = inputs * (inputShape.dim(1) >> depth) * (inputShape.dim(2) >> depth);
      return sum + (last + classes) * hidden;
    }

    /** How many numbers the convolutions give for one image. */
    public long convolutionOutputs() {
      long sum = 0;
      for (int block = 0; block < depth; block++) {
        long positions = (long) (inputShape.dim(1) >> block) * (inputShape.dim(2) >> block);
        sum += 2 * positions * ((long) filters << block);
      }
      return sum;
    }
  }

  private final Settings settings;

  /** The network of these settings. */
  public ConvNet(Settings settings) {
    super(layers(settings));
    this.settings = settings;
  }

  private static Builder layers(Settings settings) {
    Builder builder = builder();
    int channels = settings.inputShape().dim(0);
    int filters = settings.filters();
    for (int i = 0; i < settings.depth(); i++) {
      builder.add("block" + (i + 1), block(channels, filters, settings));
      channels = filters;
      filters *= 2;
    }
    int height = settings.inputShape().dim(1) >> settings.depth();
    int width = settings.inputShape().dim(2) >> settings.depth();
    builder
        .add("flatten", new Flatten())
        .add("fc1", affine(channels * height * width, settings.hidden()))
        .add("relu", new ReLU());
    if (settings.dropout() > 0) {
      builder.add("dropout", new Dropout(settings.dropout()));
    }
    return builder.add("fc2", affine(settings.hidden(), settings.classes()));
  }

  private static Sequential block(int inputs, int filters, Settings settings) {
    Builder block = builder();
    addConvolution(block, 1, inputs, filters, settings);
    addConvolution(block, 2, filters, filters, settings);
    return block.add("pool", new MaxPool2d(2)).build();
  }

  private static void addConvolution(
      Builder block, int number, int inputs, int filters, Settings settings) {
    Conv2d convolution =
        new Conv2d(inputs, filters, settings.filterSize())
            .samePadding()
            .weightInit(Initializers.heNormal())
            .biasInit(Initializers.zeros());
    if (settings.batchNorm()) {
      block
          .add("conv" + number, convolution.withoutBias())
          .add("norm" + number, new BatchNorm2d(filters));
    } else {
      block.add("conv" + number, convolution);
    }
    block.add("relu" + number, new ReLU());
  }

  private static Linear affine(int inputs, int outputs) {
    return new Linear(inputs, outputs)
        .weightInit(Initializers.heNormal())
        .biasInit(Initializers.zeros());
  }

  @Override
  public Form form() {
    return Form.of("input", settings.inputShape())
        .with("depth", settings.depth())
        .with("filters", settings.filters())
        .with("filter_size", settings.filterSize())
        .with("hidden", settings.hidden())
        .with("classes", settings.classes())
        .with("batch_norm", settings.batchNorm())
        .with("dropout", settings.dropout());
  }
}
