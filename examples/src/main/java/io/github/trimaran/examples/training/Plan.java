package io.github.trimaran.examples.training;

import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.run.TrainingOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What to train, every choice made.
 *
 * @param numTraining training images, the first of the set
 * @param numValidation validation images, those after them
 * @param numTest test images, the first of the set
 * @param epochs times through the training images
 * @param batchSize images a step
 * @param optimizer by name, see {@link Optimizers}
 * @param learningRate the highest
 * @param schedule the rate's course, by name
 * @param reg strength of the L2 regularisation
 * @param network by name, see {@link Networks}
 * @param filters of the convolution
 * @param filterSize rows and columns of a filter
 * @param hidden neurons of the hidden layer
 * @param weightScale standard deviation of the first weights; null to follow Glorot and Bengio
 * @param augment by name, see {@link Augmentations}
 */
public record Plan(
    int numTraining,
    int numValidation,
    int numTest,
    int epochs,
    int batchSize,
    String optimizer,
    double learningRate,
    String schedule,
    double reg,
    String network,
    int filters,
    int filterSize,
    int hidden,
    Double weightScale,
    String augment) {

  /** Checks each number by itself. */
  public Plan {
    requireAtLeast("--num-training", 1, numTraining);
    requireAtLeast("--num-validation", 0, numValidation);
    requireAtLeast("--num-test", 1, numTest);
    requireAtLeast("--epochs", 1, epochs);
    requireAtLeast("--batch-size", 1, batchSize);
    requireAtLeast("--filters", 1, filters);
    requireAtLeast("--filter-size", 1, filterSize);
    requireAtLeast("--hidden", 1, hidden);
    requirePositive("--learning-rate", learningRate);
    if (weightScale != null) {
      requirePositive("--weight-scale", weightScale);
    }
    if (!(reg >= 0) || Double.isInfinite(reg)) {
      throw new InputException("--reg: must be at least 0, is " + reg);
    }
  }

  /**
   * A plan by the names of its choices, all of which must be made but for {@code weightScale}:
   *
   * <pre>{@code
   * Plan plan = Plan.of(choices -> {
   *   choices.numTraining = 40;
   *   ...
   * });
   * }</pre>
   */
  public static Plan of(Consumer<TrainingOptions> choose) {
    TrainingOptions choices = new TrainingOptions();
    choose.accept(choices);
    return new Plan(
        choices.numTraining,
        choices.numValidation,
        choices.numTest,
        choices.epochs,
        choices.batchSize,
        choices.optimizer,
        choices.learningRate,
        choices.schedule,
        choices.reg,
        choices.network,
        choices.filters,
        choices.filterSize,
        choices.hidden,
        choices.weightScale,
        choices.augment);
  }

  /** The same with what was given on the command line. */
  public Plan with(TrainingOptions given) {
    return new Plan(
        or(given.numTraining, numTraining),
        or(given.numValidation, numValidation),
        or(given.numTest, numTest),
        or(given.epochs, epochs),
        or(given.batchSize, batchSize),
        or(given.optimizer, optimizer),
        or(given.learningRate, learningRate),
        or(given.schedule, schedule),
        or(given.reg, reg),
        or(given.network, network),
        or(given.filters, filters),
        or(given.filterSize, filterSize),
        or(given.hidden, hidden),
        or(given.weightScale, weightScale),
        or(given.augment, augment));
  }

  /** The same on so many training images for so many epochs. */
  public Plan withLength(int trainingImages, int newEpochs) {
    TrainingOptions other = new TrainingOptions();
    other.numTraining = trainingImages;
    other.epochs = newEpochs;
    return with(other);
  }

  /** The same with another strength of regularisation and course of the learning rate. */
  public Plan withRegAndSchedule(double newReg, String newSchedule) {
    TrainingOptions other = new TrainingOptions();
    other.reg = newReg;
    other.schedule = newSchedule;
    return with(other);
  }

  /** The same measured on so many test images. */
  public Plan withTest(int testImages) {
    TrainingOptions other = new TrainingOptions();
    other.numTest = testImages;
    return with(other);
  }

  /** By option name with underscores, for {@code result.json}. */
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("num_training", numTraining);
    settings.put("num_validation", numValidation);
    settings.put("num_test", numTest);
    settings.put("epochs", epochs);
    settings.put("batch_size", batchSize);
    settings.put("optimizer", optimizer);
    settings.put("learning_rate", learningRate);
    settings.put("schedule", schedule);
    settings.put("reg", reg);
    settings.put("network", network);
    settings.put("filters", filters);
    settings.put("filter_size", filterSize);
    settings.put("hidden", hidden);
    settings.put("weight_scale", weightScale);
    settings.put("augment", augment);
    return settings;
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private static void requireAtLeast(String option, int least, int value) {
    if (value < least) {
      throw new InputException(option + ": must be at least " + least + ", is " + value);
    }
  }

  private static void requirePositive(String option, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new InputException(option + ": must be over 0, is " + value);
    }
  }
}
