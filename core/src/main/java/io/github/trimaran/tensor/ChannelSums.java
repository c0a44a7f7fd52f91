package io.github.trimaran.tensor;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What normalising a part of a batch is made of, by the channels of {@code [N, C, H, W]}: in one
 * pass where the backend has it, and never recorded.
 */
final class ChannelSums {

  private ChannelSums() {}

  /** The mean of each channel, then of each the sum of squared distances from it. */
  static double[] moments(Tensor input) {
    Backend<Object> backend = input.backend();
    return backend
        .channelMoments(input.array())
        .map(found -> read(backend, found))
        .orElseGet(() -> composedMoments(input));
  }

  private static double[] composedMoments(Tensor input) {
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the statistics of the batch")) {
      Tensor mean = Statistics.closeMean(input, 0, 2, 3);
      Tensor centred = input.sub(mean);
      int channels = input.shape().dim(1);
      double count = (double) input.shape().size() / channels;
      double[] squares = centred.mul(centred).mean(0, 2, 3).toHost().toDoubles();
      double[] moments = Arrays.copyOf(mean.toHost().toDoubles(), 2 * channels);
      for (int c = 0; c < channels; c++) {
        moments[channels + c] = squares[c] * count;
      }
      return moments;
    }
  }

  /** The sum of {@code g} over each channel, then of each that of {@code g (x - mean)}. */
  static double[] products(Tensor g, Tensor x, double[] means) {
    Backend<Object> backend = g.backend();
    Object mean = backend.fromHost(HostArray.of(means, Shape.of(means.length)));
    Optional<Object> fused = backend.channelProducts(g.array(), x.array(), mean);
    backend.release(mean);
    return fused.map(found -> read(backend, found)).orElseGet(() -> composedProducts(g, x, means));
  }

  private static double[] composedProducts(Tensor g, Tensor x, double[] means) {
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the sums of the batch")) {
      Tensor centred = x.sub(perChannel(x, means));
      Tensor both = Tensor.concat(List.of(g.sum(0, 2, 3), g.mul(centred).sum(0, 2, 3)), 0);
      return both.toHost().toDoubles().clone();
    }
  }

  /** {@code f[0, c] a + f[1, c]}, or {@code f[0, c] a + f[1, c] b + f[2, c]}: row by row in f. */
  static Tensor combination(double[] factors, Tensor... arrays) {
    Tensor first = arrays[0];
    Backend<Object> backend = first.backend();
    int channels = first.shape().dim(1);
    Object rows = backend.fromHost(HostArray.of(factors, Shape.of(arrays.length + 1, channels)));
    Optional<Object> fused =
        backend.channelCombination(Stream.of(arrays).map(Tensor::array).toList(), rows);
    backend.release(rows);
    return fused
        .map(found -> Op.constant(backend, found, first.shape(), first.dtype()))
        .orElseGet(() -> composedCombination(factors, arrays));
  }

  private static Tensor composedCombination(double[] factors, Tensor... arrays) {
    try (GradMode off = GradMode.disable()) {
      int channels = arrays[0].shape().dim(1);
      Tensor sum = perChannel(arrays[0], row(factors, arrays.length, channels));
      for (int i = 0; i < arrays.length; i++) {
        sum = arrays[i].mul(perChannel(arrays[i], row(factors, i, channels))).add(sum);
      }
      return sum;
    }
  }

  private static double[] row(double[] factors, int row, int channels) {
    return Arrays.copyOfRange(factors, row * channels, (row + 1) * channels);
  }

  private static Tensor perChannel(Tensor like, double[] values) {
    HostArray host = HostArray.of(values, Shape.of(values.length)).to(like.dtype());
    return BatchNorm.perChannel(Tensor.of(like.backend(), host));
  }

  private static double[] read(Backend<Object> backend, Object array) {
    double[] values = backend.toHost(array).toDoubles().clone();
    backend.release(array);
    return values;
  }
}
