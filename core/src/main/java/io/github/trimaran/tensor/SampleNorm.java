package io.github.trimaran.tensor;

import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Normalisation of parts of a sample by their own statistics.
 *
 * <pre>{@code
 * Tensor eachRow = SampleNorm.rows(x, x.shape().dim(0), 1e-5);
 * Tensor inPairs = SampleNorm.groups(images, 16, List.of(gamma, beta), 1e-5);   // of 32 channels
 * }</pre>
 */
public final class SampleNorm {

  private static final String NAME = "groupNorm";

  private SampleNorm() {}

  /**
   * Each of {@code rows} equal parts of the tensor, in row-major order, minus its mean and divided
   * by its deviation. That is batch normalisation of one sample with a channel a row, and so one
   * pass where the backend has that.
   */
  public static Tensor rows(Tensor x, int rows, double epsilon) {
    if (x.shape().isEmpty()) {
      return x;
    }
    Tensor image = x.reshape(1, rows, 1, x.shape().size() / rows);
    Tensor ones = Tensor.ones(x.backend(), Shape.of(rows), x.dtype());
    Tensor zeros = Tensor.zeros(x.backend(), Shape.of(rows), x.dtype());
    return BatchNorm.training(image, ones, zeros, epsilon).output().reshape(x.shape());
  }

  /**
   * Each sample by itself, the channels in groups: {@code [N, C, ...] -> same} (Wu and He 2018).
   *
   * @param affine nothing, or {@code gamma [C]} and {@code beta [C]} to multiply with and add
   * @throws IllegalArgumentException if shapes or dtypes do not fit
   */
  public static Tensor groups(Tensor x, int groups, List<Tensor> affine, double epsilon) {
    check(x, groups, affine);
    List<Tensor> operands = new ArrayList<>(affine);
    operands.add(x);
    if (!Op.isRecorded(operands) && !x.shape().isEmpty()) {
      List<Object> arrays = affine.stream().map(Tensor::array).toList();
      Optional<Object> fused = x.backend().groupNorm(x.array(), arrays, groups, epsilon);
      if (fused.isPresent()) {
        return Op.constant(x.backend(), fused.get(), x.shape(), x.dtype());
      }
    }
    Tensor y = rows(x, x.shape().dim(0) * groups, epsilon);
    return affine.isEmpty()
        ? y
        : y.mul(perChannel(affine.get(0), x)).add(perChannel(affine.get(1), x));
  }

  /** One number a channel, to be broadcast over {@code [N, C, ...]}. */
  private static Tensor perChannel(Tensor values, Tensor x) {
    int[] extents = new int[x.shape().rank() - 1];
    Arrays.fill(extents, 1);
    extents[0] = values.shape().size();
    return values.reshape(Shape.of(extents));
  }

  private static void check(Tensor x, int groups, List<Tensor> affine) {
    Op.requireFloating(NAME, x);
    if (x.shape().rank() < 2) {
      throw Op.error(NAME, "input must be [N, C, ...]", x);
    }
    int channels = x.shape().dim(1);
    if (groups < 1 || channels % groups != 0) {
      throw Op.error(NAME, channels + " channels do not divide into " + groups + " groups", x);
    }
    if (!affine.isEmpty() && affine.size() != 2) {
      throw Op.error(NAME, "needs gamma and beta, or neither", x);
    }
    for (Tensor values : affine) {
      Op.commonDType(NAME, x, values);
      if (!values.shape().equals(Shape.of(channels))) {
        throw Op.error(NAME, "gamma and beta must be [" + channels + "]", x, values);
      }
    }
  }
}
