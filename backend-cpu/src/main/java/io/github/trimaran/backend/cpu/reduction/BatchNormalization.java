package io.github.trimaran.backend.cpu.reduction;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.BatchNormGrads;
import io.github.trimaran.backend.BatchNormed;
import io.github.trimaran.backend.cpu.elementwise.DoubleLoops;
import io.github.trimaran.backend.cpu.elementwise.FloatLoops;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Memory;
import io.github.trimaran.backend.cpu.memory.Reals;
import io.github.trimaran.backend.cpu.memory.Workers;
import java.util.List;
import java.util.stream.Stream;

/**
 * Batch normalisation of {@code [N, C, H, W]} (Ioffe and Szegedy 2015, algorithm 1) and its
 * gradients. A task is a channel; sums are accumulated in double precision.
 */
public final class BatchNormalization {

  private final Memory memory;
  private final Workers workers;

  /** With these parts of the backend. */
  public BatchNormalization(Memory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** The rows of a channel: {@code N} of {@code H * W} elements. */
  private record Channels(int images, int count, int rowLength) {
    static Channels of(Shape shape) {
      return new Channels(shape.dim(0), shape.dim(1), shape.dim(2) * shape.dim(3));
    }

    int start(int image, int channel) {
      return (image * count + channel) * rowLength;
    }

    int elements() {
      return images * rowLength;
    }
  }

  /**
   * Normalises each channel of {@code [N, C, H, W]} by the mean and variance of its batch; then
   * ReLU, if asked.
   */
  public BatchNormed<CpuArray> forward(
      CpuArray input, CpuArray gamma, CpuArray beta, double epsilon, boolean relu) {
    Channels channels = Channels.of(input.shape());
    CpuArray x = memory.dense(input);
    CpuArray scale = memory.dense(gamma);
    CpuArray shift = memory.dense(beta);
    CpuArray output = memory.allocate(input.dtype(), input.shape());
    CpuArray mean = memory.allocate(input.dtype(), Shape.of(channels.count));
    CpuArray variance = memory.allocate(input.dtype(), Shape.of(channels.count));
    workers.forEach(
        channels.count,
        c -> {
          double mu = mean(x, channels, c);
          double sigma2 = variance(x.reals(), channels, c, mu);
          mean.reals().set(c, mu);
          variance.reals().set(c, sigma2);
          if (relu) {
            // Rounded as the gradient will see them: it asks again what was above 0.
            mu = mean.reals().get(c);
            sigma2 = variance.reals().get(c);
          }
          double factor = scale.reals().get(c) * (1 / Math.sqrt(sigma2 + epsilon));
          double term = shift.reals().get(c) - mu * factor;
          for (int n = 0; n < channels.images; n++) {
            int from = channels.start(n, c);
            int to = from + channels.rowLength;
            affine(x.array(), factor, term, relu, output.array(), from, to);
          }
        });
    memory.release(shift);
    memory.release(scale);
    memory.release(x);
    return new BatchNormed<>(output, mean, variance);
  }

  /** Normalises by statistics known before; then ReLU, if asked. */
  public CpuArray inference(
      CpuArray input,
      CpuArray gamma,
      CpuArray beta,
      CpuArray mean,
      CpuArray variance,
      double epsilon,
      boolean relu) {
    Channels channels = Channels.of(input.shape());
    CpuArray x = memory.dense(input);
    List<CpuArray> known = Stream.of(gamma, beta, mean, variance).map(memory::dense).toList();
    CpuArray output = memory.allocate(input.dtype(), input.shape());
    workers.ranges(
        channels.images * channels.count,
        Workers.CHUNK / Math.max(1, channels.rowLength) + 1,
        (first, end) -> {
          for (int row = first; row < end; row++) {
            int c = row % channels.count;
            double sigma2 = known.get(3).reals().get(c);
            double factor = known.get(0).reals().get(c) / Math.sqrt(sigma2 + epsilon);
            double term = known.get(1).reals().get(c) - known.get(2).reals().get(c) * factor;
            int from = row * channels.rowLength;
            affine(x.array(), factor, term, relu, output.array(), from, from + channels.rowLength);
          }
        });
    known.forEach(memory::release);
    memory.release(x);
    return output;
  }

  /**
   * With {@code h = (x - mean) / sigma} and m elements a channel: {@code betaGrad = sum(g)}, {@code
   * gammaGrad = sum(g h)} and {@code inputGrad = gamma / sigma * (g - betaGrad / m - h * gammaGrad
   * / m)}. After a ReLU, g is where it was above 0, and else 0; it is kept in the place of {@code
   * inputGrad}.
   *
   * @param beta of a forward pass with ReLU; null for one without
   */
  public BatchNormGrads<CpuArray> grad(
      CpuArray outputGrad,
      CpuArray input,
      CpuArray gamma,
      CpuArray beta,
      CpuArray mean,
      CpuArray variance,
      double epsilon) {
    Channels channels = Channels.of(input.shape());
    CpuArray g = memory.dense(outputGrad);
    CpuArray x = memory.dense(input);
    CpuArray scale = memory.dense(gamma);
    CpuArray shift = beta == null ? null : memory.dense(beta);
    CpuArray means = memory.dense(mean);
    CpuArray variances = memory.dense(variance);
    CpuArray inputGrad = memory.allocate(input.dtype(), input.shape());
    CpuArray gammaGrad = memory.allocate(input.dtype(), Shape.of(channels.count));
    CpuArray betaGrad = memory.allocate(input.dtype(), Shape.of(channels.count));
    CpuArray passed = beta == null ? g : inputGrad;
    workers.forEach(
        channels.count,
        c -> {
          double mu = means.reals().get(c);
          double inverse = 1 / Math.sqrt(variances.reals().get(c) + epsilon);
          double factor = scale.reals().get(c) * inverse;
          GradSums sums = new GradSums(mu);
          for (int n = 0; n < channels.images; n++) {
            int from = channels.start(n, c);
            if (shift != null) {
              double term = shift.reals().get(c) - mu * factor;
              int to = from + channels.rowLength;
              reluGrad(g.array(), x.array(), factor, term, inputGrad.array(), from, to);
            }
            sums.add(passed.reals(), x.reals(), from, channels.rowLength);
          }
          double sum = sums.ofGrads();
          double product = sums.ofProducts();
          betaGrad.reals().set(c, sum);
          gammaGrad.reals().set(c, product * inverse);
          // inputGrad = factor g + b x + d, with the formula above sorted by g and x
          double b = -factor * product * inverse * inverse / channels.elements();
          double d = -factor * sum / channels.elements() - b * mu;
          for (int n = 0; n < channels.images; n++) {
            int from = channels.start(n, c);
            int to = from + channels.rowLength;
            combine(passed.array(), factor, x.array(), b, d, inputGrad.array(), from, to);
          }
        });
    memory.release(variances);
    memory.release(means);
    if (shift != null) {
      memory.release(shift);
    }
    memory.release(scale);
    memory.release(x);
    memory.release(g);
    return new BatchNormGrads<>(inputGrad, gammaGrad, betaGrad);
  }

  // ---- where a batch lies with several workers ------------------------------------------------

  /** Means and squared distances from them: FLOAT64 {@code [2, C]}. */
  public CpuArray moments(CpuArray input) {
    Channels channels = Channels.of(input.shape());
    CpuArray x = memory.dense(input);
    CpuArray moments = memory.allocate(DType.FLOAT64, Shape.of(2, channels.count));
    double[] found = (double[]) moments.array();
    workers.forEach(
        channels.count,
        c -> {
          double mean = mean(x, channels, c);
          found[c] = mean;
          found[channels.count + c] = variance(x.reals(), channels, c, mean) * channels.elements();
        });
    memory.release(x);
    return moments;
  }

  /** The sums of {@code g} and of {@code g (x - mean)}: FLOAT64 {@code [2, C]}. */
  public CpuArray products(CpuArray outputGrad, CpuArray input, CpuArray mean) {
    Channels channels = Channels.of(input.shape());
    CpuArray g = memory.dense(outputGrad);
    CpuArray x = memory.dense(input);
    CpuArray means = memory.dense(mean);
    CpuArray sums = memory.allocate(DType.FLOAT64, Shape.of(2, channels.count));
    double[] mu = (double[]) means.array();
    double[] found = (double[]) sums.array();
    workers.forEach(
        channels.count,
        c -> {
          GradSums both = new GradSums(mu[c]);
          for (int n = 0; n < channels.images; n++) {
            both.add(g.reals(), x.reals(), channels.start(n, c), channels.rowLength);
          }
          found[c] = both.ofGrads();
          found[channels.count + c] = both.ofProducts();
        });
    memory.release(means);
    memory.release(x);
    memory.release(g);
    return sums;
  }

  /** One or two arrays, each times a factor of the channel, and a term. */
  public CpuArray combination(List<CpuArray> arrays, CpuArray factors) {
    CpuArray a = memory.dense(arrays.get(0));
    CpuArray b = memory.dense(arrays.get(arrays.size() - 1));
    CpuArray rows = memory.dense(factors);
    double[] f = (double[]) rows.array();
    Channels channels = Channels.of(a.shape());
    CpuArray output = memory.allocate(a.dtype(), a.shape());
    workers.forEach(
        channels.count,
        c -> {
          double first = f[c];
          double second = f[channels.count + c];
          for (int n = 0; n < channels.images; n++) {
            int from = channels.start(n, c);
            int to = from + channels.rowLength;
            if (arrays.size() == 1) {
              affine(a.array(), first, second, false, output.array(), from, to);
            } else {
              double term = f[2 * channels.count + c];
              combine(a.array(), first, b.array(), second, term, output.array(), from, to);
            }
          }
        });
    memory.release(rows);
    memory.release(b);
    memory.release(a);
    return output;
  }

  // ---- of one channel -------------------------------------------------------------------------

  /**
   * The mean, exact where all elements are equal: float32 is summed in a higher precision; of
   * float64, what lies between the elements and the first mean makes good its rounding.
   */
  private static double mean(CpuArray x, Channels channels, int c) {
    double mean = sum(x.reals(), channels, c) / channels.elements();
    return x.dtype() == DType.FLOAT32
        ? mean
        : mean + meanDistance((double[]) x.array(), channels, c, mean);
  }

  private static double meanDistance(double[] x, Channels channels, int c, double mean) {
    double sum = 0;
    for (int n = 0; n < channels.images; n++) {
      int from = channels.start(n, c);
      for (int i = from; i < from + channels.rowLength; i++) {
        sum += x[i] - mean;
      }
    }
    return sum / channels.elements();
  }

  private static double variance(Reals x, Channels channels, int c, double mean) {
    double sum = 0;
    for (int n = 0; n < channels.images; n++) {
      int from = channels.start(n, c);
      double even = 0;
      double odd = 0;
      int i = 0;
      for (; i + 1 < channels.rowLength; i += 2) {
        double e = x.get(from + i) - mean;
        double o = x.get(from + i + 1) - mean;
        even += e * e;
        odd += o * o;
      }
      if (i < channels.rowLength) {
        double e = x.get(from + i) - mean;
        even += e * e;
      }
      sum += even + odd;
    }
    return sum / channels.elements();
  }

  private static double sum(Reals x, Channels channels, int c) {
    double sum = 0;
    for (int n = 0; n < channels.images; n++) {
      sum += RealReduction.SUM.row(x, channels.start(n, c), 1, channels.rowLength);
    }
    return sum;
  }

  /** {@code out = x * factor + term}, rectified if asked. */
  private static void affine(
      Object x, double factor, double term, boolean relu, Object out, int from, int to) {
    if (x instanceof float[] floats) {
      float f = (float) factor;
      float t = (float) term;
      if (relu) {
        FloatLoops.affineRelu(floats, f, t, (float[]) out, from, to);
      } else {
        FloatLoops.affine(floats, f, t, (float[]) out, from, to);
      }
    } else if (relu) {
      DoubleLoops.affineRelu((double[]) x, factor, term, (double[]) out, from, to);
    } else {
      DoubleLoops.affine((double[]) x, factor, term, (double[]) out, from, to);
    }
  }

  /** {@code out = g} where {@code x * factor + term} is above 0, else 0. */
  private static void reluGrad(
      Object g, Object x, double factor, double term, Object out, int from, int to) {
    if (g instanceof float[] floats) {
      FloatLoops.affineReluGrad(
          floats, (float[]) x, (float) factor, (float) term, (float[]) out, from, to);
    } else {
      DoubleLoops.affineReluGrad(
          (double[]) g, (double[]) x, factor, term, (double[]) out, from, to);
    }
  }

  /** {@code out = a g + b x + d}. */
  private static void combine(
      Object g, double a, Object x, double b, double d, Object out, int from, int to) {
    if (g instanceof float[] floats) {
      FloatLoops.combine(
          floats, (float) a, (float[]) x, (float) b, (float) d, (float[]) out, from, to);
    } else {
      DoubleLoops.combine((double[]) g, a, (double[]) x, b, d, (double[]) out, from, to);
    }
  }
}
