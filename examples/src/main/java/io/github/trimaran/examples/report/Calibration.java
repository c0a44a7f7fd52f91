package io.github.trimaran.examples.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a network is right as often as it says: images are put into bins by the probability of
 * its answer, and in each bin the mean probability is compared with the share of right answers (Guo
 * et al. 2017, "On Calibration of Modern Neural Networks", section 2).
 *
 * @param bins of equal width from 0 to 1; empty ones are left out
 * @param error the expected calibration error: the difference of the two, averaged over images
 */
public record Calibration(List<Bin> bins, double error) {

  private static final int BINS = 10;

  /**
   * Images whose answers had about the same probability.
   *
   * @param confidence the mean probability
   * @param accuracy the share of right answers
   * @param count how many images
   */
  public record Bin(double confidence, double accuracy, int count) {}

  /** Of judgements; the error of none is NaN. */
  public static Calibration of(List<Judgements.Judged> judged) {
    double[] probabilities = new double[BINS];
    int[] right = new int[BINS];
    int[] counts = new int[BINS];
    for (Judgements.Judged one : judged) {
      int bin = Math.min(BINS - 1, (int) (one.probability() * BINS));
      probabilities[bin] += one.probability();
      right[bin] += one.isRight() ? 1 : 0;
      counts[bin]++;
    }
    List<Bin> bins = new ArrayList<>();
    double error = 0;
    for (int i = 0; i < BINS; i++) {
      if (counts[i] > 0) {
        bins.add(new Bin(probabilities[i] / counts[i], (double) right[i] / counts[i], counts[i]));
        error += Math.abs(right[i] - probabilities[i]);
      }
    }
    return new Calibration(bins, error / judged.size());
  }

  /** As {@code result.json} has it. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("error", error);
    json.put("confidence", bins.stream().map(Bin::confidence).toList());
    json.put("accuracy", bins.stream().map(Bin::accuracy).toList());
    json.put("count", bins.stream().map(Bin::count).toList());
    return json;
  }
}
