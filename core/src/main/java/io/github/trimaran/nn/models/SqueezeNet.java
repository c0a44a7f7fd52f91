package io.github.trimaran.nn.models;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import io.github.trimaran.io.weights.ImagePreparation;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Dropout;
import io.github.trimaran.nn.Form;
import io.github.trimaran.nn.GlobalAvgPool;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.MaxPool2d;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.NormedConv2d;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * SqueezeNet 1.0 and 1.1 (Iandola et al. 2016, arXiv:1602.07360): {@code [N, 3, H, W] -> [N,
 * classes]}, scores before softmax, for images of any size that the pooling leaves something of.
 * Names are torchvision's: {@code features.0.weight}, {@code features.3.squeeze.bias}, ..., {@code
 * classifier.1.bias}.
 *
 * <pre>{@code
 * StateDict weights = WeightFiles.read(Path.of("squeezenet1_1.pth"));
 * SqueezeNet network = SqueezeNet.pretrained(backend, DType.FLOAT32, weights);
 * Tensor scores = network.forward(network.prepare(images));    // [N, 3, H, W] -> [N, 1000]
 * }</pre>
 *
 * <p>The weights of Caffe's release pad the last convolution by one, so that border positions of
 * the final mean see the bias alone; torchvision's do not. {@link #pretrained} looks at the weights
 * for this, for the version, and for the preparation of images.
 */
public final class SqueezeNet extends Layer {

  /** The two published versions, of which 1.1 has the accuracy for less than half of the work. */
  public enum Version {
    /** 7 x 7 filters first, pooling after layers 1, 5 and 10. */
    V1_0(96, 7, 2, 4, 4, 8),
    /** 3 x 3 filters first, pooling after layers 1, 4 and 7. */
    V1_1(64, 3, 2, 4, 3, 5),
    /**
     * This project's, for images of about 32 x 32: the first convolution keeps the size, layers are
     * narrower, a fire module that gives as many channels as it gets adds them (the paper's simple
     * bypass), and the scores are not cut off at 0.
     */
    SMALL(48, 3, 1, 3, 3, 5);

    private final int filters;
    private final int kernel;
    private final int stride;

    /** How many times as many channels each branch of a fire module gives as were squeezed. */
    private final int expansion;

    /** The fire modules, in the paper's count from 2, that pooling follows. */
    private final int firstPooledFire;

    private final int secondPooledFire;

    Version(
        int filters,
        int kernel,
        int stride,
        int expansion,
        int firstPooledFire,
        int secondPooledFire) {
      this.filters = filters;
      this.kernel = kernel;
      this.stride = stride;
      this.expansion = expansion;
      this.firstPooledFire = firstPooledFire;
      this.secondPooledFire = secondPooledFire;
    }

    private boolean poolsAfter(int fire) {
      return fire == firstPooledFire || fire == secondPooledFire;
    }

    private Layer firstConvolution(boolean normed) {
      Conv2d conv = new Conv2d(3, filters, kernel).stride(stride);
      if (this != SMALL) {
        return conv;
      }
      conv = conv.samePadding().weightInit(Initializers.heNormal());
      return normed ? new NormedConv2d(conv, filters) : conv;
    }

    private Fire fire(int channels, int squeezes, boolean normed) {
      return this == SMALL
          ? Fire.bypassed(channels, squeezes, expansion * squeezes, normed)
          : new Fire(channels, squeezes, expansion * squeezes);
    }

    private int channels(int squeezes) {
      return 2 * expansion * squeezes;
    }

    /** Half of the rows and columns: 3 x 3 windows as published, 2 x 2 for the small one. */
    private MaxPool2d pool() {
      return this == SMALL ? new MaxPool2d(2).ceilMode() : new MaxPool2d(3, 2).ceilMode();
    }
  }

  private static final int FIRST_FIRE = 2;

  /** Channels that fire2 to fire9 squeeze to. */
  private static final int[] SQUEEZED = {16, 16, 32, 32, 48, 48, 64, 64};

  private static final String PREFIX = "features.";
  private static final String FIRST_WEIGHT = "features.0.weight";
  private static final String LAST_WEIGHT = "classifier.1.weight";

  private final Version version;
  private final int classes;
  private final int padding;
  private final ImagePreparation preparation;
  private final Sequential features;
  private final Sequential classifier;

  private SqueezeNet(
      Version version, int classes, int padding, boolean normed, ImagePreparation preparation) {
    this.version = version;
    this.classes = classes;
    this.padding = padding;
    this.preparation = preparation;
    features = child("features", features(version, normed));
    classifier = child("classifier", classifier(version, classes, padding));
  }

  /** A network to be trained, as torchvision has it. */
  public SqueezeNet(Version version, int classes) {
    this(version, classes, 0, false, ImagePreparation.imageNet());
  }

  /**
   * {@link Version#SMALL} with its convolutions normalised, which trains in few epochs; {@link
   * NormedConv2d#fold} makes weights of the plain network of it.
   */
  public static SqueezeNet normed(int classes) {
    return new SqueezeNet(Version.SMALL, classes, 0, true, ImagePreparation.imageNet());
  }

  /** The network of such a {@link #form}. */
  public static SqueezeNet of(JsonObject form) throws JsonException {
    return new SqueezeNet(
        form.oneOf("version", Version.values()),
        form.int32("classes"),
        form.int32("padding", 0),
        form.bool("normed", false),
        ImagePreparation.imageNet());
  }

  /**
   * The network that these weights belong to, with them on a backend; Caffe's own names are
   * understood too.
   *
   * @throws IllegalArgumentException if the weights are not SqueezeNet's, listing all that does not
   *     fit
   */
  public static SqueezeNet pretrained(Backend<?> backend, DType dtype, StateDict weights) {
    StateDict named = SqueezeNetNames.fromCaffe(weights);
    Version version = versionOf(weights);
    ImagePreparation preparation = ImagePreparation.of(named);
    int classes = named.contains(LAST_WEIGHT) ? named.get(LAST_WEIGHT).shape().dim(0) : 1000;
    boolean padded = version == Version.V1_0 && preparation.bgr();
    SqueezeNet net = new SqueezeNet(version, classes, padded ? 1 : 0, false, preparation);
    net.init(backend, dtype, named);
    return net;
  }

  /**
   * The features of these weights below a classifier that is drawn anew, for classes of one's own:
   *
   * <pre>{@code
   * SqueezeNet net = SqueezeNet.pretrained(backend, dtype, weights, 10, Rng.seeded(29));
   * net.part("features").freeze();   // train the classifier first, then unfreeze
   * }</pre>
   *
   * @param newClasses how many classes there are
   * @param rng what the classifier is drawn from
   * @throws IllegalArgumentException if the features are not SqueezeNet's, listing all that does
   *     not fit
   */
  public static SqueezeNet pretrained(
      Backend<?> backend, DType dtype, StateDict weights, int newClasses, Rng rng) {
    StateDict named = SqueezeNetNames.fromCaffe(weights);
    StateDict known =
        named
            .filter(name -> name.startsWith(PREFIX))
            .rename(name -> name.substring(PREFIX.length()));
    ImagePreparation preparation = ImagePreparation.of(named);
    SqueezeNet net = new SqueezeNet(versionOf(weights), newClasses, 0, false, preparation);
    net.features.requireMatch(known);
    net.init(backend, dtype, rng);
    net.features.loadStateDict(known);
    return net;
  }

  /** The version that weights are of, by their first convolution; 1.0 if they have none. */
  public static Version versionOf(StateDict weights) {
    StateDict named = SqueezeNetNames.fromCaffe(weights);
    Shape first = named.contains(FIRST_WEIGHT) ? named.get(FIRST_WEIGHT).shape() : Shape.scalar();
    for (Version version : Version.values()) {
      if (first.equals(Shape.of(version.filters, 3, version.kernel, version.kernel))) {
        return version;
      }
    }
    return Version.V1_0;
  }

  private static Sequential features(Version version, boolean normed) {
    Sequential.Builder layers = Sequential.builder();
    int[] index = new int[1];
    add(layers, index, version.firstConvolution(normed));
    add(layers, index, new ReLU());
    add(layers, index, version.pool());
    int channels = version.filters;
    for (int i = 0; i < SQUEEZED.length; i++) {
      add(layers, index, version.fire(channels, SQUEEZED[i], normed));
      channels = version.channels(SQUEEZED[i]);
      if (version.poolsAfter(FIRST_FIRE + i)) {
        add(layers, index, version.pool());
      }
    }
    return layers.build();
  }

  private static void add(Sequential.Builder layers, int[] index, Layer layer) {
    layers.add(Integer.toString(index[0]++), layer);
  }

  private static Sequential classifier(Version version, int classes, int padding) {
    Conv2d conv =
        new Conv2d(version.channels(SQUEEZED[SQUEEZED.length - 1]), classes, 1)
            .padding(padding)
            .weightInit(Initializers.normal(0.01));
    return version == Version.SMALL
        ? new Sequential(new Dropout(0), conv, new GlobalAvgPool())
        : new Sequential(new Dropout(0.5), conv, new ReLU(), new GlobalAvgPool());
  }

  /** Which version it is. */
  public Version version() {
    return version;
  }

  /** How it wants its images. */
  public ImagePreparation preparation() {
    return preparation;
  }

  /**
   * Its input for pixels, differentiable: {@code [N, 3, H, W]}, red, green and blue from 0 to 255.
   *
   * @throws IllegalArgumentException if there are not three channels
   */
  public Tensor prepare(Tensor pixels) {
    return PreparedImages.of(pixels, preparation);
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return classifier.forward(features.forward(x, mode), mode);
  }

  /** The names of the feature maps, in order: {@code features.0}, {@code features.1}, ... */
  public List<String> featureNames() {
    return features.children().keySet().stream().map(name -> PREFIX + name).toList();
  }

  /**
   * Feature maps by name, in the order asked for; nothing behind the last of them is computed.
   *
   * @throws IllegalArgumentException if there is no map of a name, listing those there are
   */
  public Map<String, Tensor> featureMaps(Tensor x, Collection<String> names) {
    Set<String> local = new LinkedHashSet<>();
    for (String name : names) {
      if (!featureNames().contains(name)) {
        throw new IllegalArgumentException(
            "SqueezeNet: no feature map '" + name + "'; there are " + featureNames());
      }
      local.add(name.substring(PREFIX.length()));
    }
    Map<String, Tensor> outputs = features.outputs(x, local);
    Map<String, Tensor> maps = new LinkedHashMap<>();
    local.forEach(name -> maps.put(PREFIX + name, outputs.get(name)));
    return maps;
  }

  @Override
  public Form form() {
    return Form.of("version", version)
        .with("classes", classes)
        .with("normed", features.part("0") instanceof NormedConv2d, false)
        .with("padding", padding, 0);
  }
}
