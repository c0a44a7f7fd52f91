package io.github.trimaran.examples.training;

import io.github.trimaran.data.BatchSource;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.ProgressiveResizing;
import io.github.trimaran.data.ScheduledBatches;
import io.github.trimaran.data.Split;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.random.Rng;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to train and how, every choice made: a training that {@link Training} can run, and that the
 * command line's options can be laid over ({@link Asked}). Its methods return a changed copy.
 *
 * <pre>{@code
 * Experiment experiment =
 *     Experiment.images(40, 1_000, 10_000)
 *         .network(NetworkChoice.of(BASIC).filters(32).filterSize(7).hidden(100))
 *         .optimizer(ADAM, 1e-3, CONSTANT)
 *         .batchSize(10)
 *         .epochs(20);
 * }</pre>
 *
 * @param training training images, the first of the set
 * @param validation validation images, those after them
 * @param test test images, the first of the set
 * @param network and its sizes
 * @param optimizer with its learning rate and regularisation
 * @param augmentation of the training images
 * @param batchSize images a step
 * @param epochs times through the training images
 * @param refinements what is added to the network's recipe
 */
public record Experiment(
    int training,
    int validation,
    int test,
    NetworkChoice network,
    OptimizerChoice optimizer,
    Augmentations augmentation,
    int batchSize,
    int epochs,
    Refinements refinements)
    implements Serializable {

  /** How high and wide the images of the first epochs are, where smaller ones are asked for. */
  private static final double SMALL_SCALE = 0.75;

  /** What a product of doubles may fall short of a whole number: 0.58 * 50 is just below 29. */
  private static final double ROUNDING = 1e-9;

  /** Checks what can be told without the data; errors name the option that it may come from. */
  public Experiment {
    requireAtLeast("--num-training", 1, training);
    requireAtLeast("--num-validation", 0, validation);
    requireAtLeast("--num-test", 1, test);
    requireAtLeast("--epochs", 1, epochs);
    requireAtLeast("--batch-size", 1, batchSize);
    if (refinements.smallEpochs() > 0 && !network.network().takesAnySize()) {
      throw new InputException(
          "--small-epochs: the network '"
              + network.network().label()
              + "' takes images of one size only; 'record' and 'record-deep' take any");
    }
    requireSomeEpoch("--small-epochs", refinements.smallEpochs(), epochs);
    if (refinements.plainEpochs() > 0 && !augmentation.changesMoreThanAlternate()) {
      throw new InputException(
          "--plain-epochs: the augmentation '"
              + augmentation.label()
              + "' does no more to images than 'alternate', which the plain epochs have; choose"
              + " another with --augment, for instance strong, or set --plain-epochs to 0");
    }
    requireSomeEpoch("--plain-epochs", refinements.plainEpochs(), epochs);
  }

  /** A share of the epochs that is none would be asked for in vain. */
  private static void requireSomeEpoch(String option, double share, int epochs) {
    if (share > 0 && wholeEpochs(share, epochs) == 0) {
      throw new InputException(
          option
              + ": "
              + share
              + " of "
              + counted(epochs)
              + " is none; ask for a larger share or for more --epochs, or set it to 0");
    }
  }

  /** A share of the epochs, rounded down to whole ones. */
  private static int wholeEpochs(double share, int epochs) {
    return (int) (share * epochs + ROUNDING);
  }

  /** For people: {@code 1 epoch}, {@code 20 epochs}. */
  private static String counted(int epochs) {
    return epochs + (epochs == 1 ? " epoch" : " epochs");
  }

  static void requireAtLeast(String option, int least, int value) {
    if (value < least) {
      throw new InputException(option + ": must be at least " + least + ", is " + value);
    }
  }

  static void requirePositive(String option, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new InputException(option + ": must be over 0, is " + value);
    }
  }

  /** One epoch of the course's network by Adam at 1e-3 in batches of 50, unless told otherwise. */
  public static Experiment images(int training, int validation, int test) {
    return new Experiment(
        training,
        validation,
        test,
        NetworkChoice.of(Networks.BASIC),
        new OptimizerChoice(Optimizers.ADAM, 1e-3, Rates.CONSTANT, 0),
        Augmentations.NONE,
        50,
        1,
        Refinements.NONE);
  }

  /** On so many training images. */
  public Experiment training(int count) {
    return new Experiment(
        count, validation, test, network, optimizer, augmentation, batchSize, epochs, refinements);
  }

  /** With so many validation images. */
  public Experiment validation(int count) {
    return new Experiment(
        training, count, test, network, optimizer, augmentation, batchSize, epochs, refinements);
  }

  /** Tested on so many images. */
  public Experiment test(int count) {
    return new Experiment(
        training,
        validation,
        count,
        network,
        optimizer,
        augmentation,
        batchSize,
        epochs,
        refinements);
  }

  /** Of that network. */
  public Experiment network(NetworkChoice choice) {
    return new Experiment(
        training,
        validation,
        test,
        choice,
        optimizer,
        augmentation,
        batchSize,
        epochs,
        refinements);
  }

  /**
   * By that optimiser.
   *
   * @param rate the highest learning rate
   * @param course what becomes of it over the training
   */
  public Experiment optimizer(Optimizers choice, double rate, Rates course) {
    return optimizer(new OptimizerChoice(choice, rate, course, optimizer.l2()));
  }

  /** With {@code 0.5 strength ||w||^2} added to the loss. */
  public Experiment l2(double strength) {
    return optimizer(
        new OptimizerChoice(optimizer.optimizer(), optimizer.rate(), optimizer.course(), strength));
  }

  private Experiment optimizer(OptimizerChoice choice) {
    return new Experiment(
        training, validation, test, network, choice, augmentation, batchSize, epochs, refinements);
  }

  /** On images that are varied. */
  public Experiment augmented(Augmentations choice) {
    return new Experiment(
        training, validation, test, network, optimizer, choice, batchSize, epochs, refinements);
  }

  /** By so many images a step. */
  public Experiment batchSize(int count) {
    return new Experiment(
        training, validation, test, network, optimizer, augmentation, count, epochs, refinements);
  }

  /** So many times through the training images. */
  public Experiment epochs(int count) {
    return new Experiment(
        training,
        validation,
        test,
        network,
        optimizer,
        augmentation,
        batchSize,
        count,
        refinements);
  }

  /** With what is added to the network's recipe. */
  public Experiment refined(Refinements added) {
    return new Experiment(
        training, validation, test, network, optimizer, augmentation, batchSize, epochs, added);
  }

  /** Images of a batch that train: all, or the hardest. */
  int trainedBatch() {
    return (int) Math.ceil(refinements.hardest() * batchSize);
  }

  /**
   * The batches of training: the images varied, those of the first epochs smaller, and those of the
   * last ones hardly changed, if that is asked for.
   *
   * @param rng what the variations follow from; it is not advanced
   */
  BatchSource varied(Batches batches, Rng rng) {
    BatchSource varied = augmentation.apply(batches, rng);
    int plain = wholeEpochs(refinements.plainEpochs(), epochs);
    if (plain > 0) {
      BatchSource strong = varied;
      BatchSource weak = Augmentations.ALTERNATE.apply(batches, rng);
      varied = new ScheduledBatches(epoch -> epoch < epochs - plain ? strong : weak);
    }
    int small = wholeEpochs(refinements.smallEpochs(), epochs);
    return small == 0
        ? varied
        : new ProgressiveResizing(varied, epoch -> epoch < small ? SMALL_SCALE : 1);
  }

  /** The images of a set, in the course's order. */
  public Split split(TrainTest images) {
    return images.split(training, validation, test);
  }

  /** For people: {@code 40 digits, 20 epochs}. */
  public String title(String images) {
    return training + " " + images + ", " + counted(epochs);
  }

  /** By option name with underscores, for {@code result.json}. */
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("num_training", training);
    settings.put("num_validation", validation);
    settings.put("num_test", test);
    settings.put("epochs", epochs);
    settings.put("batch_size", batchSize);
    settings.put("optimizer", optimizer.optimizer().label());
    settings.put("learning_rate", optimizer.rate());
    settings.put("schedule", optimizer.course().label());
    settings.put("reg", optimizer.l2());
    settings.put("network", network.network().label());
    settings.put("filters", network.filters());
    settings.put("filter_size", network.filterSize());
    settings.put("hidden", network.hidden());
    settings.put("weight_scale", network.weightScale());
    settings.put("augment", augmentation.label());
    settings.putAll(refinements.settings());
    return settings;
  }
}
