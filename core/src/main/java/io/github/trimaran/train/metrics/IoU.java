package io.github.trimaran.train.metrics;

/**
 * Intersection over union, for segmentation: {@code right / (predicted + actual - right)}, the
 * Jaccard index. As the mean over classes it is the mean IoU.
 *
 * <pre>{@code
 * Metric metric = new IoU().ofClass(1);
 * }</pre>
 */
public final class IoU extends ClassMetric<IoU> {

  /** The mean over classes. */
  public IoU() {
    this(Options.MEAN);
  }

  private IoU(Options options) {
    super("iou", options);
  }

  @Override
  IoU with(Options other) {
    return new IoU(other);
  }

  @Override
  double score(double right, double predicted, double actual) {
    return right / (predicted + actual - right);
  }
}
