package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;

/**
 * Sums over all images of a set, in double precision, at each of the {@code [C, H, W]} positions.
 */
final class PixelStatistics {

  private final Shape imageShape;
  private final int images;
  private final double[] sum;
  private final double[] sumOfSquares;

  private PixelStatistics(Shape imageShape, int images) {
    this.imageShape = imageShape;
    this.images = images;
    this.sum = new double[imageShape.size()];
    this.sumOfSquares = new double[imageShape.size()];
  }

  static PixelStatistics of(Dataset images) {
    if (images.size() == 0) {
      throw new IllegalArgumentException("normalization: there are no images to measure");
    }
    PixelStatistics statistics = new PixelStatistics(images.imageShape(), images.size());
    float[] image = new float[images.imageShape().size()];
    for (int n = 0; n < images.size(); n++) {
      images.copyImage(n, image, 0);
      for (int i = 0; i < image.length; i++) {
        double value = image[i];
        statistics.sum[i] += value;
        statistics.sumOfSquares[i] += value * value;
      }
    }
    return statistics;
  }

  HostArray meanImage() {
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / images);
    }
    return HostArray.of(mean, imageShape);
  }

  HostArray channelMean() {
    float[] mean = new float[imageShape.dim(0)];
    for (int c = 0; c < mean.length; c++) {
      mean[c] = (float) perChannel(sum, c);
    }
    return HostArray.of(mean, Shape.of(mean.length, 1, 1));
  }

  /** A channel that never varies gets deviation 1: it becomes 0, not NaN. */
  HostArray channelStd() {
    float[] std = new float[imageShape.dim(0)];
    for (int c = 0; c < std.length; c++) {
      double mean = perChannel(sum, c);
      double variance = perChannel(sumOfSquares, c) - mean * mean;
      std[c] = variance > 0 ? (float) Math.sqrt(variance) : 1;
    }
    return HostArray.of(std, Shape.of(std.length, 1, 1));
  }

  private double perChannel(double[] sums, int channel) {
    int plane = imageShape.dim(1) * imageShape.dim(2);
    double total = 0;
    for (int i = 0; i < plane; i++) {
      total += sums[channel * plane + i];
    }
    return total / plane / images;
  }
}
