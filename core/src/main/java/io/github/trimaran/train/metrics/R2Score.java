package io.github.trimaran.train.metrics;

import io.github.trimaran.tensor.Tensor;

/**
 * The share of the targets' variance that outputs explain, {@code 1 - sum of w (y - x)^2 / sum of w
 * (y - mean of y)^2}: 1 for what is right, 0 for what is as good as the mean. For targets {@code
 * [N, D, ...]} it is that of each place in a sample, averaged over the places; places where the
 * target is always the same are left out, and where all are, it is NaN.
 *
 * <pre>{@code
 * Metric explained = new R2Score();
 * }</pre>
 */
public final class R2Score implements Metric {

  /** Of outputs and targets of one shape. */
  public R2Score() {}

  @Override
  public String name() {
    return "r2";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public Accumulator start() {
    return new Sums();
  }

  /** By West's update (1979), which loses no digits where the mean is large. */
  private final class Sums implements Accumulator {

    private double[] weight = {};
    private double[] mean;
    private double[] total;
    private double[] residual;

    @Override
    public void add(Tensor outputs, Tensor targets, Tensor weights) {
      Targets.requireAlike(name(), outputs, targets);
      double[] counts = Targets.weights(name(), weights, targets);
      double[] x = outputs.toDoubles();
      double[] y = targets.toDoubles();
      int samples = targets.shape().rank() == 0 ? 1 : targets.shape().dim(0);
      if (samples == 0) {
        return;
      }
      places(y.length / samples);
      for (int i = 0; i < y.length; i++) {
        int place = i % weight.length;
        double w = counts[i];
        if (w != 0) {
          weight[place] += w;
          double before = y[i] - mean[place];
          mean[place] += before * (w / weight[place]);
          total[place] += w * before * (y[i] - mean[place]);
          residual[place] += w * (y[i] - x[i]) * (y[i] - x[i]);
        }
      }
    }

    private void places(int places) {
      if (weight.length == 0) {
        weight = new double[places];
        mean = new double[places];
        total = new double[places];
        residual = new double[places];
      } else if (weight.length != places) {
        throw new IllegalArgumentException(
            name() + ": samples of " + places + " numbers after those of " + weight.length);
      }
    }

    @Override
    public double value() {
      double sum = 0;
      int varying = 0;
      for (int place = 0; place < weight.length; place++) {
        if (total[place] != 0) {
          sum += 1 - residual[place] / total[place];
          varying++;
        }
      }
      return sum / varying;
    }
  }
}
