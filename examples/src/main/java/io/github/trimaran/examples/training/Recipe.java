package io.github.trimaran.examples.training;

import io.github.trimaran.backend.Precision;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.losses.CrossEntropyLoss;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.train.Scoring;
import java.util.Optional;

/**
 * How a network is made and trained, beyond the choices of an {@link Experiment}. The defaults are
 * the course's way.
 */
public interface Recipe {

  /** About the standard deviation of a colour photograph's pixels, of 255. */
  float COLOUR_DEVIATION = 64;

  /** The course's way, for any network that {@link Networks} knows. */
  Recipe PLAIN = new Recipe() {};

  /**
   * The same for networks that are shown pictures from elsewhere: each channel is normalised as a
   * whole.
   */
  Recipe BY_CHANNEL =
      new Recipe() {
        @Override
        public Normalization normalization(Dataset images) {
          return Normalization.perChannel(images);
        }
      };

  /** The recipe of a network. */
  static Recipe of(Networks network) {
    return switch (network) {
      case RECORD -> RecordRecipe.RECORD;
      case RECORD_DEEP -> RecordRecipe.DEEP;
      case SQUEEZENET -> BY_CHANNEL;
      default -> PLAIN;
    };
  }

  /** The choices that belong to the recipe; empty if the data decides. */
  default Optional<Experiment> experiment() {
    return Optional.empty();
  }

  /** Colour images lose their mean image, as in the course; digits keep their black background. */
  default Normalization normalization(Dataset images) {
    return images.imageShape().dim(0) == 1
        ? Normalization.unit()
        : Normalization.meanImage(images).dividedBy(COLOUR_DEVIATION);
  }

  /**
   * The network, not initialised.
   *
   * @param images it will be trained on
   * @param normalization of these images
   */
  default Layer network(NetworkChoice choice, Dataset images, Normalization normalization) {
    return Networks.create(choice.settings(images), choice.weightScale());
  }

  /** What changes the parameters of an initialised network. */
  default Optimizer optimizer(Experiment experiment, Layer model, int stepsPerEpoch) {
    experiment.refinements().requireNothingOfMuon();
    long steps = (long) experiment.epochs() * stepsPerEpoch;
    return experiment.optimizer().create(model.parameters(), steps);
  }

  /**
   * A small network of the same kind, not initialised, that can tell hard images from easy ones: a
   * quarter as wide.
   */
  default Layer proxy(NetworkChoice choice, Dataset images, Normalization normalization) {
    if (choice.network().isSqueezeNet()) {
      throw new InputException(
          "--hardest: the network '" + choice.network().label() + "' has no smaller form");
    }
    return network(choice.quarter(), images, normalization);
  }

  /** How exactly to compute unless the command line says. */
  default Precision precision() {
    return Precision.FULL;
  }

  /** What is made small. */
  default CrossEntropyLoss loss() {
    return new CrossEntropyLoss();
  }

  /** How test images are scored. */
  default Scoring scoring() {
    return Scoring.PLAIN;
  }
}
