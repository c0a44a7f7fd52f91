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

/** The networks that can be trained. */
public enum Networks implements Choice {
  /** The course's: convolution, pooling and two affine layers. */
  BASIC(Networks::basic),

  /** Two affine layers. */
  MLP(Networks::mlp),

  /** One affine layer: what any network must beat. */
  LINEAR(Networks::linear),

  /** Blocks of two convolutions; its first weights are always He's. */
  CONV((settings, weightInit) -> new ConvNet(settings.convNet())),

  /** The strongest that two cores can train, see {@link RecordRecipe}. */
  RECORD((settings, weightInit) -> RecordRecipe.network(settings)),

  /** The same with the deep and wider form of the network, which takes more than an hour. */
  RECORD_DEEP((settings, weightInit) -> RecordRecipe.network(settings)),

  /** SqueezeNet for small images with batch normalisation, to be trained. */
  SQUEEZENET((settings, weightInit) -> SqueezeNet.normed(settings.classNames().size())),

  /** The same with the normalisation made part of the convolutions. */
  SQUEEZENET_FOLDED(
      (settings, weightInit) ->
          new SqueezeNet(SqueezeNet.Version.SMALL, settings.classNames().size()));

  private interface Builder {
    Layer build(NetworkSettings settings, Initializer weightInit);
  }

  @SuppressWarnings("ImmutableEnumChecker") // holds nothing
  private final Builder builder;

  Networks(Builder builder) {
    this.builder = builder;
  }

  /**
   * A network that is not initialised yet.
   *
   * @param weightScale standard deviation of the first weights; null to follow Glorot and Bengio
   */
  static Layer create(NetworkSettings settings, Double weightScale) {
    return settings
        .network()
        .builder
        .build(
            settings,
            weightScale == null ? Initializers.xavierNormal() : Initializers.normal(weightScale));
  }

  boolean isSqueezeNet() {
    return this == SQUEEZENET || this == SQUEEZENET_FOLDED;
  }

  /** Whether images of other sizes than the data's can pass as well. */
  boolean takesAnySize() {
    return this == RECORD || this == RECORD_DEEP || isSqueezeNet();
  }

  private static Layer basic(NetworkSettings settings, Initializer weightInit) {
    return new BasicConvNet(
        BasicConvNet.Settings.defaults(settings.inputShape())
            .withFilters(settings.filters())
            .withFilterSize(settings.filterSize())
            .withHidden(settings.hidden())
            .withClasses(settings.classNames().size())
            .withWeightInit(weightInit));
  }

  private static Layer mlp(NetworkSettings settings, Initializer weightInit) {
    return Sequential.builder()
        .add("flatten", new Flatten())
        .add("fc1", affine(settings.inputShape(), weightInit, settings.hidden()))
        .add("relu1", new ReLU())
        .add("fc2", affine(Shape.of(settings.hidden()), weightInit, settings.classNames().size()))
        .build();
  }

  private static Layer linear(NetworkSettings settings, Initializer weightInit) {
    return Sequential.builder()
        .add("flatten", new Flatten())
        .add("fc1", affine(settings.inputShape(), weightInit, settings.classNames().size()))
        .build();
  }

  private static Linear affine(Shape inputs, Initializer weightInit, int outputs) {
    return new Linear(inputs.size(), outputs).weightInit(weightInit).biasInit(Initializers.zeros());
  }
}
