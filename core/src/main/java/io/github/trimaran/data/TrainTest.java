package io.github.trimaran.data;

/**
 * A set as it is published: images to train with and images to test with, apart from each other.
 *
 * <pre>{@code
 * TrainTest digits = Mnist.load(Path.of("data"));
 * Split split = digits.split(49_000, 1_000, 10_000);
 * }</pre>
 *
 * @param train the training images
 * @param test the test images
 */
public record TrainTest(Dataset train, Dataset test) {

  /** Requires that both are of one kind. */
  public TrainTest {
    if (!train.imageShape().equals(test.imageShape())
        || !train.classNames().equals(test.classNames())) {
      throw new IllegalArgumentException(
          "train and test images differ in shape or classes: " + train + " and " + test);
    }
  }

  /** What the two are called in reports. */
  public DataSource source() {
    return train.source();
  }

  /**
   * The split of the course, {@code get_CIFAR10_data}: the first {@code numTraining} training
   * images; the {@code numValidation} training images after them; the first {@code numTest} test
   * images. No image is in two of the three.
   *
   * @throws IllegalArgumentException if there are not as many
   */
  public Split split(int numTraining, int numValidation, int numTest) {
    requireAtLeast("training", 1, numTraining);
    requireAtLeast("validation", 0, numValidation);
    requireAtLeast("test", 0, numTest);
    requireAtMost("training", numTraining, train);
    requireAtMost("test", numTest, test);
    if (numValidation > train.size() - numTraining) {
      throw new IllegalArgumentException(
          "split: "
              + numTraining
              + " training and "
              + numValidation
              + " validation images are more than the "
              + train.size()
              + " training images of "
              + source().name()
              + "; after training "
              + (train.size() - numTraining)
              + " are left to validate with");
    }
    return new Split(
        train.take(numTraining),
        train.range(numTraining, numTraining + numValidation),
        test.take(numTest));
  }

  private static void requireAtLeast(String part, int least, int asked) {
    if (asked < least) {
      throw new IllegalArgumentException(
          "split: " + part + " images must be at least " + least + ", asked for " + asked);
    }
  }

  private static void requireAtMost(String part, int asked, Dataset of) {
    if (asked > of.size()) {
      throw new IllegalArgumentException(
          "split: "
              + asked
              + " "
              + part
              + " images asked for, "
              + of.source().name()
              + " has "
              + of.size());
    }
  }
}
