package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.BatchNormGrads;
import io.github.trimaran.backend.BatchNormed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Batch normalisation over {@code [N, C, H, W]}, a channel at a time, sums in double precision. */
final class BatchNorm {

  private final Allocator allocator;
  private final Workers workers;

  BatchNorm(Allocator allocator, Workers workers) {
    this.allocator = allocator;
    this.workers = workers;
  }

  BatchNormed<Nd4jArray> forward(Nd4jArray input, Nd4jArray gamma, Nd4jArray beta, double epsilon) {
    Shape channel = gamma.shape();
    return three(
        input,
        channel,
        arrays -> {
          Nd4jArray output = arrays.get(0);
          Nd4jArray means = arrays.get(1);
          Nd4jArray variances = arrays.get(2);
          workers.forEach(
              channel.size(),
              c -> {
                Sums sums = new Sums(input, c);
                double mean = sums.mean();
                double variance = sums.variance(mean);
                put(means, c, mean);
                put(variances, c, variance);
                double scale = get(gamma, c) / Math.sqrt(variance + epsilon);
                double shift = get(beta, c) - mean * scale;
                sums.pieces(
                    (start, count) -> {
                      double[] x = Scratch.get().doubles(0);
                      Values.read(input, start, x, count);
                      for (int i = 0; i < count; i++) {
                        x[i] = x[i] * scale + shift;
                      }
                      Values.write(x, output, start, count);
                    });
              });
          return new BatchNormed<>(output, means, variances);
        });
  }

  BatchNormGrads<Nd4jArray> grad(
      Nd4jArray outputGrad,
      Nd4jArray input,
      Nd4jArray gamma,
      Nd4jArray mean,
      Nd4jArray variance,
      double epsilon) {
    Shape channel = gamma.shape();
    return three(
        input,
        channel,
        arrays -> {
          workers.forEach(
              channel.size(),
              c -> grad(outputGrad, input, gamma, mean, variance, epsilon, arrays, c));
          return new BatchNormGrads<>(arrays.get(0), arrays.get(1), arrays.get(2));
        });
  }

  private static void grad(
      Nd4jArray outputGrad,
      Nd4jArray input,
      Nd4jArray gamma,
      Nd4jArray mean,
      Nd4jArray variance,
      double epsilon,
      List<Nd4jArray> grads,
      int c) {
    Sums sums = new Sums(input, c);
    double center = get(mean, c);
    double inverse = 1 / Math.sqrt(get(variance, c) + epsilon);
    double[] totals = new double[2];
    sums.pieces(
        (start, count) -> {
          double[] x = Scratch.get().doubles(0);
          double[] g = Scratch.get().doubles(1);
          Values.read(input, start, x, count);
          Values.read(outputGrad, start, g, count);
          for (int i = 0; i < count; i++) {
            x[i] = (x[i] - center) * inverse * g[i];
          }
          totals[0] += Reductions.sum(g, count);
          totals[1] += Reductions.sum(x, count);
        });
    put(grads.get(1), c, totals[1]);
    put(grads.get(2), c, totals[0]);
    double scale = get(gamma, c) * inverse;
    double meanGrad = totals[0] / sums.size();
    double slope = totals[1] / sums.size() * inverse;
    sums.pieces(
        (start, count) -> {
          double[] x = Scratch.get().doubles(0);
          double[] g = Scratch.get().doubles(1);
          Values.read(input, start, x, count);
          Values.read(outputGrad, start, g, count);
          for (int i = 0; i < count; i++) {
            x[i] = scale * (g[i] - meanGrad - (x[i] - center) * slope);
          }
          Values.write(x, grads.get(0), start, count);
        });
  }

  /** An image and two vectors, released if {@code body} fails. */
  private <T> T three(Nd4jArray image, Shape channel, Function<List<Nd4jArray>, T> body) {
    List<Nd4jArray> arrays = new ArrayList<>();
    boolean done = false;
    try {
      arrays.add(allocator.create(image.shape(), image.dtype()));
      arrays.add(allocator.create(channel, image.dtype()));
      arrays.add(allocator.create(channel, image.dtype()));
      T result = body.apply(arrays);
      done = true;
      return result;
    } finally {
      if (!done) {
        arrays.forEach(allocator::release);
      }
    }
  }

  private static double get(Nd4jArray vector, int c) {
    double[] value = Scratch.get().doubles(2);
    Values.read(vector, c, value, 1);
    return value[0];
  }

  private static void put(Nd4jArray vector, int c, double value) {
    double[] values = Scratch.get().doubles(2);
    values[0] = value;
    Values.write(values, vector, c, 1);
  }

  /** One channel's planes and their moments. */
  private static final class Sums {

    private final Nd4jArray input;
    private final int images;
    private final int channels;
    private final int plane;
    private final int channel;

    Sums(Nd4jArray input, int channel) {
      this.input = input;
      this.images = input.shape().dim(0);
      this.channels = input.shape().dim(1);
      this.plane = input.shape().dim(2) * input.shape().dim(3);
      this.channel = channel;
    }

    interface Piece {
      void accept(int start, int count);
    }

    void pieces(Piece piece) {
      for (int image = 0; image < images; image++) {
        int from = (image * channels + channel) * plane;
        for (int at = 0; at < plane; at += Scratch.LENGTH) {
          piece.accept(from + at, Math.min(Scratch.LENGTH, plane - at));
        }
      }
    }

    double size() {
      return (double) images * plane;
    }

    /**
     * The mean, exact where all elements are equal: float32 is summed in a higher precision; of
     * float64, what lies between the elements and the first mean makes good its rounding.
     */
    double mean() {
      double mean = meanDistance(0);
      return input.dtype() == DType.FLOAT32 ? mean : mean + meanDistance(mean);
    }

    /** The mean of what lies between the elements and {@code origin}. */
    private double meanDistance(double origin) {
      double[] total = new double[1];
      pieces(
          (start, count) -> {
            double[] x = Scratch.get().doubles(0);
            Values.read(input, start, x, count);
            for (int i = 0; i < count; i++) {
              x[i] -= origin;
            }
            total[0] += Reductions.sum(x, count);
          });
      return total[0] / size();
    }

    double variance(double mean) {
      double[] total = new double[1];
      pieces(
          (start, count) -> {
            double[] x = Scratch.get().doubles(0);
            Values.read(input, start, x, count);
            for (int i = 0; i < count; i++) {
              x[i] = (x[i] - mean) * (x[i] - mean);
            }
            total[0] += Reductions.sum(x, count);
          });
      return total[0] / size();
    }
  }
}
