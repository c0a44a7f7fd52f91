package io.github.trimaran.data;

import java.util.Arrays;

/**
 * Weights that make classes count alike, however many samples each has.
 *
 * <pre>{@code
 * double[] even = ClassWeights.balanced(samples.labels());
 * Samples weighted = samples.weighted(even);                        // in the loss
 * Sampler often = Sampler.weighted(even, samples.size());            // or by how often they come
 * Loss loss = new CrossEntropyLoss().weights(ClassWeights.perClass(samples.labels()));
 * }</pre>
 */
public final class ClassWeights {

  private ClassWeights() {}

  /**
   * The weight of each sample, {@code N / (K * n)}, where its class has {@code n} of {@code N}
   * samples and {@code K} classes have any: so their mean is 1, as in scikit-learn's {@code
   * compute_sample_weight("balanced")}.
   *
   * @param labels classes from 0
   */
  public static double[] balanced(int... labels) {
    double[] ofClasses = perClass(labels);
    return Arrays.stream(labels).mapToDouble(label -> ofClasses[label]).toArray();
  }

  /**
   * The weight of each class, {@code N / (K * n)} as above, and 0 of one without samples, up to the
   * largest label: as in scikit-learn's {@code compute_class_weight("balanced")}, and what Keras
   * calls {@code class_weight}.
   *
   * @param labels classes from 0, one a sample
   */
  public static double[] perClass(int... labels) {
    return perClass(labels, Arrays.stream(labels).max().orElse(-1) + 1);
  }

  /**
   * The same for so many classes, where the last ones may be without samples.
   *
   * @throws IllegalArgumentException if a label is not from 0 to {@code classes - 1}
   */
  public static double[] perClass(int[] labels, int classes) {
    int[] counts = new int[Math.max(classes, 0)];
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "class weights: label " + label + " is not from 0 to " + (classes - 1));
      }
      counts[label]++;
    }
    long met = Arrays.stream(counts).filter(count -> count > 0).count();
    return Arrays.stream(counts)
        .mapToDouble(count -> count == 0 ? 0 : (double) labels.length / (met * count))
        .toArray();
  }
}
