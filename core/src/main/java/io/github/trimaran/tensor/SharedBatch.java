package io.github.trimaran.tensor;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.collective.Collective;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A batch whose samples lie with several workers, and what is normalised by its statistics. The
 * loss that gradients are taken of is the sum of what the workers compute, each from its own part.
 *
 * <pre>{@code
 * SharedBatch batch = new SharedBatch(worker, true);
 * SharedBatch.Normed normed = batch.norm(images, gamma, beta, 1e-5);
 * double samples = normed.count();      // of all workers
 * }</pre>
 *
 * @param workers who exchange the statistics; all call the same operations in the same order
 * @param counts whether this worker's samples belong to the batch; one that has none computes with
 *     any sample, so that it takes part in the exchanges
 */
public record SharedBatch(Collective workers, boolean counts) {

  /**
   * A normalised batch.
   *
   * @param norm output of this worker's samples, mean and variance of all
   * @param count how many values a channel there are with all workers
   */
  public record Normed(BatchNorm norm, double count) {}

  /** What a worker has of a channel: number, mean, and squared distances from the mean. */
  private record Moments(double count, double[] means, double[] squares) {

    byte[] toBytes() {
      ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * (1 + 2 * means.length));
      bytes.putDouble(count);
      bytes.asDoubleBuffer().put(means).put(squares);
      return bytes.array();
    }

    static Moments of(byte[] message) {
      ByteBuffer bytes = ByteBuffer.wrap(message);
      double count = bytes.getDouble();
      double[] means = new double[bytes.remaining() / Double.BYTES / 2];
      double[] squares = new double[means.length];
      bytes.asDoubleBuffer().get(means).get(squares);
      return new Moments(count, means, squares);
    }

    /** Chan, Golub and LeVeque 1983, equation 2.1, over all at once. */
    static Moments together(List<Moments> parts) {
      double count = parts.stream().mapToDouble(Moments::count).sum();
      int channels = parts.get(0).means.length;
      double[] means = new double[channels];
      double[] squares = new double[channels];
      for (Moments part : parts) {
        for (int c = 0; c < channels; c++) {
          means[c] += part.count / count * part.means[c];
        }
      }
      for (Moments part : parts) {
        for (int c = 0; c < channels; c++) {
          double distance = part.means[c] - means[c];
          squares[c] += part.squares[c] + part.count * distance * distance;
        }
      }
      return new Moments(count, means, squares);
    }
  }

  /**
   * Batch normalisation by the statistics of all workers' samples. Gradients are those of one
   * process with the whole batch: both passes exchange {@code 2 C} numbers.
   *
   * @param input this worker's samples, {@code [N, C, H, W]}
   * @param gamma {@code [C]}, with all workers the same
   * @param beta {@code [C]}, with all workers the same
   */
  public Normed norm(Tensor input, Tensor gamma, Tensor beta, double epsilon) {
    BatchNorm.check(input, gamma, beta);
    Moments all = exchanged(input);
    int channels = all.means.length;
    double[] scales = gamma.toHost().toDoubles();
    double[] shifts = beta.toHost().toDoubles();
    double[] variances = new double[channels];
    double[] inverses = new double[channels];
    double[] factors = new double[2 * channels];
    for (int c = 0; c < channels; c++) {
      variances[c] = all.squares[c] / all.count;
      inverses[c] = 1 / Math.sqrt(variances[c] + epsilon);
      factors[c] = scales[c] * inverses[c];
      factors[channels + c] = shifts[c] - all.means[c] * factors[c];
    }
    Tensor recorded =
        Op.composed(
            "batchNorm",
            ChannelSums.combination(factors, input),
            (g, y, wanted) -> gradients(g, input, gamma, all, inverses),
            () -> composed(input, gamma, beta, epsilon, all.count),
            input,
            gamma,
            beta);
    Tensor mean = constant(input, all.means);
    return new Normed(new BatchNorm(recorded, mean, constant(input, variances)), all.count);
  }

  private Moments exchanged(Tensor input) {
    int channels = input.shape().dim(1);
    Moments own = new Moments(0, new double[channels], new double[channels]);
    if (counts) {
      double[] found = ChannelSums.moments(input);
      own =
          new Moments(
              (double) input.shape().size() / channels,
              Arrays.copyOf(found, channels),
              Arrays.copyOfRange(found, channels, 2 * channels));
    }
    return Moments.together(workers.allGather(own.toBytes()).stream().map(Moments::of).toList());
  }

  /**
   * With {@code x^ = (x - mean) / std} and sums S over the samples of all workers,
   *
   * <pre>
   * dx = gamma / std * (g - S(g) / n - x^ S(g x^) / n),   dgamma = sum of g x^,   dbeta = sum of g
   * </pre>
   *
   * the latter two of this worker's share, as the gradients of all other parameters are.
   */
  private Tensor[] gradients(Tensor g, Tensor input, Tensor gamma, Moments all, double[] inverses) {
    int channels = inverses.length;
    double[] own = counts ? ChannelSums.products(g, input, all.means) : new double[2 * channels];
    double[] sums = own.clone();
    workers.allReduce(sums);
    if (!counts) {
      return new Tensor[] {
        Tensor.zerosLike(input), Tensor.zerosLike(gamma), Tensor.zerosLike(gamma)
      };
    }
    double[] scales = gamma.toHost().toDoubles();
    double[] ofGamma = new double[channels];
    // a g + b x + d, with the formula above sorted by g and x
    double[] factors = new double[3 * channels];
    for (int c = 0; c < channels; c++) {
      ofGamma[c] = own[channels + c] * inverses[c];
      double a = scales[c] * inverses[c];
      double b = -a * sums[channels + c] * inverses[c] * inverses[c] / all.count;
      factors[c] = a;
      factors[channels + c] = b;
      factors[2 * channels + c] = -a * sums[c] / all.count - b * all.means[c];
    }
    return new Tensor[] {
      ChannelSums.combination(factors, g, input),
      constant(input, ofGamma),
      constant(input, Arrays.copyOf(own, channels))
    };
  }

  /** The same of recorded sums, to be differentiated again. */
  private Tensor composed(Tensor input, Tensor gamma, Tensor beta, double epsilon, double count) {
    Tensor mean = BatchNorm.perChannel(total(input.sum(0, 2, 3)).div(count));
    Tensor centred = input.sub(mean);
    Tensor variance = total(centred.mul(centred).sum(0, 2, 3)).div(count);
    Tensor scale = gamma.div(variance.add(epsilon).sqrt());
    return centred.mul(BatchNorm.perChannel(scale)).add(BatchNorm.perChannel(beta));
  }

  /**
   * The sum of all workers' tensors. As the loss is the sum of theirs, its gradient is the sum of
   * theirs too.
   */
  private Tensor total(Tensor own) {
    double[] sums = own.toHost().toDoubles().clone();
    if (!counts) {
      Arrays.fill(sums, 0);
    }
    workers.allReduce(sums);
    Tensor sum = constant(own, sums).reshape(own.shape());
    Rule rule = (g, y, wanted) -> new Tensor[] {counts ? total(g) : total(g).mul(0)};
    return Op.composed("allReduce", sum, rule, own);
  }

  private static Tensor constant(Tensor like, double[] values) {
    Backend<?> backend = like.backend();
    return Tensor.of(backend, HostArray.of(values, Shape.of(values.length)).to(like.dtype()));
  }
}
