package io.github.trimaran.examples.training;

import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.TrainingOptions;
import java.util.Optional;

/**
 * What the command line asks of a training: its options are laid over an {@link Experiment}'s own
 * choices here, and nowhere else.
 *
 * <pre>{@code
 * Experiment asked = new Asked(options, given).over(OWN, OWN.training(2_000));
 * }</pre>
 */
public final class Asked {

  private final CommonOptions options;
  private final TrainingOptions given;

  /** What these options ask; one that was not given is null. */
  public Asked(CommonOptions options, TrainingOptions given) {
    this.options = options;
    this.given = given;
  }

  /**
   * An experiment with all that was given in place of its own choices.
   *
   * @param quick the one that {@code --quick} asks for
   */
  public Experiment over(Experiment usual, Experiment quick) {
    Experiment own = options.quick() ? quick : usual;
    NetworkChoice net = own.network();
    OptimizerChoice by = own.optimizer();
    return new Experiment(
        or(given.numTraining, own.training()),
        or(given.numValidation, own.validation()),
        or(given.numTest, own.test()),
        new NetworkChoice(
            network().orElse(net.network()),
            or(given.filters, net.filters()),
            or(given.filterSize, net.filterSize()),
            or(given.hidden, net.hidden()),
            or(given.weightScale, net.weightScale())),
        new OptimizerChoice(
            named("--optimizer", given.optimizer, Optimizers.values()).orElse(by.optimizer()),
            or(given.learningRate, by.rate()),
            named("--schedule", given.schedule, Rates.values()).orElse(by.course()),
            or(given.reg, by.l2())),
        named("--augment", given.augment, Augmentations.values()).orElse(own.augmentation()),
        or(given.batchSize, own.batchSize()),
        or(given.epochs, own.epochs()));
  }

  /** The network that was given. */
  public Optional<Networks> network() {
    return named("--network", given.network, Networks.values());
  }

  /** Whether it was given how long to train. */
  public boolean givesLength() {
    return given.numTraining != null || given.epochs != null;
  }

  /** The files that were given. */
  public Training.Files files() {
    return new Training.Files(given.save, given.resume, given.init);
  }

  private static <T extends Choice> Optional<T> named(String option, String label, T[] all) {
    return Optional.ofNullable(label).map(known -> Choice.named(option, known, all));
  }

  private static <T> T or(T given, T own) {
    return given == null ? own : given;
  }
}
