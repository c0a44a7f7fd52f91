package io.github.trimaran.examples.training;

import io.github.trimaran.array.Shape;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Initializer;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.nn.models.ConvNet;
import io.github.trimaran.nn.models.SqueezeNet;
import java.util.Map;

/** The networks that can be trained, by name. */
public final class Networks {

  private interface Builder {
    Layer build(NetworkSettings settings, Initializer weightInit);
  }

  /** SqueezeNet for small images with batch normalisation, to be trained. */
  static final String SQUEEZENET = "squeezenet";

  /** The same with the normalisation made part of the convolutions. */
  private static final String SQUEEZENET_FOLDED = "squeezenet-folded";

  private static final Map<String, Builder> BUILDERS =
      Map.of(
          "basic",
          Networks::basic,
          "mlp",
          Networks::mlp,
          "linear",
          Networks::linear,
          RecordRecipe.NETWORK,
          (settings, weightInit) -> RecordRecipe.network(settings),
          RecordRecipe.DEEP_NETWORK,
          (settings, weightInit) -> RecordRecipe.network(settings),
          "conv",
          Networks::conv,
          SQUEEZENET,
          (settings, weightInit) -> SqueezeNet.normed(settings.classNames().size()),
          SQUEEZENET_FOLDED,
          (settings, weightInit) ->
              new SqueezeNet(SqueezeNet.Version.SMALL, settings.classNames().size()));

  private Networks() {}

  /**
   * A network that is not initialised yet.
   *
   * @param weightScale standard deviation of the first weights; null to follow Glorot and Bengio
   */
  public static Layer create(NetworkSettings settings, Double weightScale) {
    Initializer weightInit =
        weightScale == null ? Initializers.xavierNormal() : Initializers.normal(weightScale);
    return Choices.named("--network", settings.network(), BUILDERS).build(settings, weightInit);
  }

  static boolean isSqueezeNet(NetworkSettings settings) {
    return settings.network().startsWith(SQUEEZENET);
  }

  /** The network that has no batch normalisation left. */
  static NetworkSettings folded(NetworkSettings settings) {
    return settings.network().equals(SQUEEZENET)
        ? new NetworkSettings(
            SQUEEZENET_FOLDED,
            settings.inputShape(),
            settings.classNames(),
            settings.filters(),
            settings.filterSize(),
            settings.hidden())
        : settings;
  }

  /** The course's: convolution, pooling and two affine layers. */
  private static Layer basic(NetworkSettings settings, Initializer weightInit) {
    return new BasicConvNet(
        BasicConvNet.Settings.defaults(settings.inputShape())
            .withFilters(settings.filters())
            .withFilterSize(settings.filterSize())
            .withHidden(settings.hidden())
            .withClasses(settings.classNames().size())
            .withWeightInit(weightInit));
  }

  /** Two affine layers. */
  private static Layer mlp(NetworkSettings settings, Initializer weightInit) {
    return Sequential.builder()
        .add("flatten", new Flatten())
        .add("fc1", affine(settings.inputShape(), weightInit, settings.hidden()))
        .add("relu1", new ReLU())
        .add("fc2", affine(Shape.of(settings.hidden()), weightInit, settings.classNames().size()))
        .build();
  }

  /** One affine layer: what any network must beat. */
  private static Layer linear(NetworkSettings settings, Initializer weightInit) {
    return Sequential.builder()
        .add("flatten", new Flatten())
        .add("fc1", affine(settings.inputShape(), weightInit, settings.classNames().size()))
        .build();
  }

  /** Blocks of two convolutions; its first weights are always He's. */
  private static Layer conv(NetworkSettings settings, Initializer weightInit) {
    return new ConvNet(settings.convNet());
  }

  private static Linear affine(Shape inputs, Initializer weightInit, int outputs) {
    return new Linear(inputs.size(), outputs).weightInit(weightInit).biasInit(Initializers.zeros());
  }
}
