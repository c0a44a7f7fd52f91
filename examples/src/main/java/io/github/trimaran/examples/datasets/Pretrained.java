package io.github.trimaran.examples.datasets;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.report.DataFacts;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.vision.network.PictureNetwork;
import io.github.trimaran.vision.style.StyleSettings;
import io.github.trimaran.vision.visualize.VisualizationSettings;
import io.github.trimaran.vision.weights.ClassNames;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained network that sees pictures, before it is on a backend: what it is, and what its classes
 * are called.
 *
 * @param weights of a SqueezeNet, with the preparation of images in their metadata; null if it is
 *     another network
 * @param other how another network is made, and what is known of it; null for SqueezeNet
 * @param classes one name a class; several names of one class are separated by commas
 * @param facts for the report
 */
public record Pretrained(StateDict weights, Other other, List<String> classes, DataFacts facts) {

  private static final int SMALL = 64;

  /** Keeps a copy. */
  public Pretrained {
    classes = List.copyOf(classes);
  }

  /** A SqueezeNet. */
  Pretrained(StateDict weights, List<String> classes, DataFacts facts) {
    this(weights, null, classes, facts);
  }

  /**
   * Another network.
   *
   * @param source makes it
   * @param side of its images
   * @param fixed whether they must be as large
   * @param features the names of its feature maps, in order
   */
  record Other(Source source, int side, boolean fixed, List<String> features) {}

  /** Makes a network on a backend. */
  @FunctionalInterface
  interface Source {
    PictureNetwork on(Backend<?> backend, DType dtype) throws IOException;
  }

  /** What the file of the weights noted of them. */
  public Map<String, String> notes() {
    return other == null ? weights.metadata() : Map.of();
  }

  /** The network on a backend; close it. */
  public PictureNetwork network(Backend<?> backend, DType dtype) throws IOException {
    return other == null
        ? PictureNetwork.of(SqueezeNet.pretrained(backend, dtype, weights))
        : other.source().on(backend, dtype);
  }

  /** Whether it was trained with images of some 32 pixels a side. */
  public boolean isSmall() {
    return other == null
        ? SqueezeNet.versionOf(weights) == SqueezeNet.Version.SMALL
        : other.side() < SMALL;
  }

  /** How a picture of a class is made unless somebody chooses. */
  public VisualizationSettings visualization(boolean plain) {
    SqueezeNet.Version version =
        isSmall() ? SqueezeNet.Version.SMALL : SqueezeNet.Version.V1_1; // the sizes of images
    VisualizationSettings settings =
        plain ? VisualizationSettings.plain(version) : VisualizationSettings.defaults(version);
    if (other == null) {
      return settings;
    }
    VisualizationSettings sized = settings.withSize(other.side());
    return other.fixed() ? sized.withOctaves(1) : sized;
  }

  /**
   * How style is transferred unless somebody chooses. In another network than SqueezeNet the style
   * is that of four feature maps of its first half, and the content that of the third.
   */
  public StyleSettings style() {
    if (other == null) {
      return StyleSettings.defaults(SqueezeNet.versionOf(weights));
    }
    List<String> names = other.features();
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          facts.name() + " has no convolution whose feature maps could be matched");
    }
    Map<String, Double> layers = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      layers.put(names.get(i * (names.size() - 1) / 6), 1.0);
    }
    return StyleSettings.defaults(SqueezeNet.Version.V1_0)
        .withStyleLayers(layers)
        .withContentLayer(names.get((names.size() - 1) / 3));
  }

  /**
   * The class that a number or a name means: a name as a whole, then the only class with such a
   * word.
   *
   * @throws IllegalArgumentException if there is none, or several, listing some
   */
  public int classIndex(String numberOrName) {
    return ClassNames.find(classes, numberOrName);
  }

  /** The first name of a class: {@code "goldfish"} of {@code "goldfish, Carassius auratus"}. */
  public String shortName(int index) {
    return ClassNames.first(classes.get(index));
  }
}
