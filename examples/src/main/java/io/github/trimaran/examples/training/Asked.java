package io.github.trimaran.examples.training;

import io.github.trimaran.backend.Precision;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.RefinementOptions;
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
  private final RefinementOptions refinements;

  /** What these options ask; one that was not given is null. */
  public Asked(CommonOptions options, TrainingOptions given) {
    this(options, given, new RefinementOptions());
  }

  /** The same with what is added to the network's recipe. */
  public Asked(CommonOptions options, TrainingOptions given, RefinementOptions refinements) {
    this.options = options;
    this.given = given;
    this.refinements = refinements;
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
        or(given.epochs, own.epochs()),
        refined(own.refinements()));
  }

  private Refinements refined(Refinements own) {
    return new Refinements(
        or(refinements.smoothing, own.smoothing()),
        or(refinements.momentum, own.momentum()),
        or(refinements.newtonSchulz, own.newtonSchulz()),
        or(refinements.lookahead, own.lookahead()),
        or(refinements.hardest, own.hardest()),
        or(refinements.freshNorms, own.freshNorms()),
        or(refinements.smallEpochs, own.smallEpochs()),
        or(refinements.plainEpochs, own.plainEpochs()));
  }

  /** The network that was given. */
  public Optional<Networks> network() {
    return named("--network", given.network, Networks.values());
  }

  /** As given, else the recipe's; in full where another backend's numbers are to be matched. */
  public Precision precision(Experiment experiment) {
    if (options.precision() != null) {
      return options.precision();
    }
    boolean checked = options.checkAgainst() != null;
    return checked ? Precision.FULL : Recipe.of(experiment.network().network()).precision();
  }

  /** Whether it was given how long to train. */
  public boolean givesLength() {
    return given.numTraining != null || given.epochs != null;
  }

  /** Whether it was given how many test images there are. */
  public boolean givesTest() {
    return given.numTest != null;
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
