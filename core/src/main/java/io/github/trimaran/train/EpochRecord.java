package io.github.trimaran.train;

/**
 * One epoch of training.
 *
 * @param epoch its number, from 1
 * @param steps taken since training began
 * @param loss mean over its steps, regularisation included
 * @param accuracy over its batches as they were trained on; NaN without classes
 * @param validationLoss after it; NaN without validation
 * @param validationAccuracy after it; NaN without validation or classes
 * @param learningRate of its last step
 * @param seconds of training since it began, evaluation and checkpoints included
 * @param samplesPerSecond in this epoch, evaluation not counted
 */
public record EpochRecord(
    int epoch,
    long steps,
    double loss,
    double accuracy,
    double validationLoss,
    double validationAccuracy,
    double learningRate,
    double seconds,
    double samplesPerSecond) {

  static final int FIELDS = 9;

  double[] toArray() {
    return new double[] {
      epoch,
      (double) steps,
      loss,
      accuracy,
      validationLoss,
      validationAccuracy,
      learningRate,
      seconds,
      samplesPerSecond
    };
  }

  static EpochRecord ofArray(double[] v) {
    return new EpochRecord((int) v[0], (long) v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]);
  }
}
