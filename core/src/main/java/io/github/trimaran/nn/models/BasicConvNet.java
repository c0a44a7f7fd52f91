package io.github.trimaran.nn.models;

import io.github.trimaran.array.Shape;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Form;
import io.github.trimaran.nn.Initializer;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.MaxPool2d;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;

/**
 * The course's three-layer network: convolution (same padding) - ReLU - 2 x 2 max pooling - affine
 * - ReLU - affine. Gives one score a class, {@code [N, C, H, W] -> [N, classes]}; softmax is in the
 * loss. The parts with parameters are called {@code conv1}, {@code fc1} and {@code fc2}; all biases
 * start at 0.
 *
 * <pre>{@code
 * BasicConvNet network =
 *     new BasicConvNet(BasicConvNet.Settings.defaults(Shape.of(3, 32, 32)).withHidden(200));
 * network.init(backend, DType.FLOAT32, Rng.seeded(29));
 * Tensor scores = network.forward(images);    // [N, 3, 32, 32] -> [N, 10]
 * }</pre>
 */
public final class BasicConvNet extends Sequential {

  /**
   * The shape of the network.
   *
   * @param inputShape of one image, {@code [C, H, W]}
   * @param filters how many filters the convolution has
   * @param filterSize their height and width; not larger than the image
   * @param hidden how many numbers the first affine map gives
   * @param classes how many classes there are
   * @param weightInit the first weights
   */
  public record Settings(
      Shape inputShape,
      int filters,
      int filterSize,
      int hidden,
      int classes,
      Initializer weightInit) {

    /** Checks each setting by itself. */
    public Settings {
      if (inputShape.rank() != 3) {
        throw new IllegalArgumentException(
            "BasicConvNet: input must be [C, H, W], is " + inputShape);
      }
      requirePositive("filters", filters);
      requirePositive("filter size", filterSize);
      requirePositive("hidden", hidden);
      requirePositive("classes", classes);
    }

    private static void requirePositive(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(
            "BasicConvNet: " + name + " must be at least 1, is " + value);
      }
    }

    /** 32 filters of 7 x 7, 100 hidden, 10 classes, weights as He et al. draw them. */
    public static Settings defaults(Shape inputShape) {
      return new Settings(inputShape, 32, 7, 100, 10, Initializers.heNormal());
    }

    /** The same with that many filters. */
    public Settings withFilters(int count) {
      return new Settings(inputShape, count, filterSize, hidden, classes, weightInit);
    }

    /** The same with filters of that height and width. */
    public Settings withFilterSize(int size) {
      return new Settings(inputShape, filters, size, hidden, classes, weightInit);
    }

    /** The same with that many hidden numbers. */
    public Settings withHidden(int count) {
      return new Settings(inputShape, filters, filterSize, count, classes, weightInit);
    }

    /** The same with that many classes. */
    public Settings withClasses(int count) {
      return new Settings(inputShape, filters, filterSize, hidden, count, weightInit);
    }

    /** The same with other first weights. */
    public Settings withWeightInit(Initializer initializer) {
      return new Settings(inputShape, filters, filterSize, hidden, classes, initializer);
    }

    /** The same with normally distributed first weights, as the course has them. */
    public Settings withWeightScale(double std) {
      return withWeightInit(Initializers.normal(std));
    }
  }

  private final Settings settings;

  /**
   * The network of these settings.
   *
   * @throws IllegalArgumentException if the filters are larger than the image, or the image is too
   *     small to be pooled
   */
  public BasicConvNet(Settings settings) {
    super(layers(settings));
    this.settings = settings;
  }

  private static Builder layers(Settings settings) {
    Shape input = settings.inputShape();
    int height = input.dim(1);
    int width = input.dim(2);
    if (settings.filterSize() > height || settings.filterSize() > width) {
      throw new IllegalArgumentException(
          "BasicConvNet: filter size "
              + settings.filterSize()
              + " is larger than the image, "
              + height
              + " x "
              + width);
    }
    if (height < 2 || width < 2) {
      throw new IllegalArgumentException(
          "BasicConvNet: the image must be at least 2 x 2 to be pooled, is " + input);
    }
    int features = settings.filters() * (height / 2) * (width / 2);
    return builder()
        .add(
            "conv1",
            new Conv2d(input.dim(0), settings.filters(), settings.filterSize())
                .samePadding()
                .weightInit(settings.weightInit())
                .biasInit(Initializers.zeros()))
        .add("relu1", new ReLU())
        .add("pool1", new MaxPool2d(2))
        .add("flatten", new Flatten())
        .add("fc1", affine(features, settings.hidden(), settings.weightInit()))
        .add("relu2", new ReLU())
        .add("fc2", affine(settings.hidden(), settings.classes(), settings.weightInit()));
  }

  private static Linear affine(int inputs, int outputs, Initializer weightInit) {
    return new Linear(inputs, outputs).weightInit(weightInit).biasInit(Initializers.zeros());
  }

  /** Its settings. */
  public Settings settings() {
    return settings;
  }

  @Override
  public Form form() {
    return Form.of("input", settings.inputShape())
        .with("filters", settings.filters())
        .with("filter_size", settings.filterSize())
        .with("hidden", settings.hidden())
        .with("classes", settings.classes());
  }
}
