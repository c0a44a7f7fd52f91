package io.github.trimaran.backend.cpu.reduction;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.kernels.Functions;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Memory;
import io.github.trimaran.backend.cpu.memory.Reals;
import io.github.trimaran.backend.cpu.memory.Workers;

/**
 * Softmax in its logarithmic form, which does not overflow, and the cross-entropy loss with it. The
 * maximum is subtracted first: {@code log softmax(a) = a - max - log(sum(exp(a - max)))}.
 */
public final class SoftmaxLoss {

  private final Memory memory;
  private final Workers workers;
  private final Functions functions;

  /** With these parts of the backend. */
  public SoftmaxLoss(Memory memory, Workers workers, Functions functions) {
    this.memory = memory;
    this.workers = workers;
    this.functions = functions;
  }

  /** {@code a - log(sum(exp(a)))} along an axis. */
  public CpuArray logSoftmax(CpuArray a, int axis) {
    CpuArray dense = memory.dense(a);
    CpuArray out = memory.allocate(a.dtype(), a.shape());
    int extent = a.shape().dim(axis);
    int inner = a.shape().strides()[axis];
    int rows = extent == 0 ? 0 : a.size() / extent;
    if (inner == 1 && a.dtype() == DType.FLOAT32) {
      workers.ranges(
          rows,
          rowsPerTask(extent),
          (first, last) -> {
            for (int row = first; row < last; row++) {
              logSoftmax(dense.floats(), out.floats(), row * extent, (row + 1) * extent);
            }
          });
      memory.release(dense);
      return out;
    }
    Reals from = dense.reals();
    Reals to = out.reals();
    workers.ranges(
        rows,
        rowsPerTask(extent),
        (first, last) -> {
          for (int row = first; row < last; row++) {
            int start = row / inner * extent * inner + row % inner;
            double max = RealReduction.MAX.row(from, start, inner, extent);
            double log = logSumExp(from, start, inner, extent, max);
            for (int k = 0; k < extent; k++) {
              int at = start + k * inner;
              to.set(at, from.get(at) - max - log);
            }
          }
        });
    memory.release(dense);
    return out;
  }

  /** Of elements that lie side by side. */
  private void logSoftmax(float[] a, float[] out, int from, int to) {
    double max = functions.max(a, from, to);
    double log = Math.log(functions.sumOfExp(a, max, from, to));
    functions.subtract(a, max, log, out, from, to);
  }

  /** The loss of each sample, {@code [N, K], [N] -> [N]}. */
  public CpuArray loss(CpuArray logits, CpuArray labels, double smoothing) {
    int classes = logits.shape().dim(1);
    CpuArray dense = memory.dense(logits);
    CpuArray label = memory.dense(labels);
    CpuArray out = memory.allocate(logits.dtype(), Shape.of(logits.shape().dim(0)));
    try {
      Reals from = dense.reals();
      Reals to = out.reals();
      long[] wanted = (long[]) label.array();
      workers.ranges(
          out.size(),
          rowsPerTask(classes),
          (first, last) -> {
            for (int n = first; n < last; n++) {
              int start = n * classes;
              double max = RealReduction.MAX.row(from, start, 1, classes);
              double log = logSumExp(from, start, 1, classes, max);
              double loss = log - (from.get(start + checked(wanted[n], classes)) - max);
              if (smoothing != 0) {
                double mean = log - centredMean(from, start, classes, max);
                loss = (1 - smoothing) * loss + smoothing * mean;
              }
              to.set(n, loss);
            }
          });
    } catch (IndexOutOfBoundsException e) {
      memory.release(out);
      throw e;
    } finally {
      memory.release(label);
      memory.release(dense);
    }
    return out;
  }

  /**
   * The gradient of {@link #loss} to the logits: {@code softmax - target}, times {@code
   * outputGrad}.
   */
  public CpuArray lossGrad(
      CpuArray outputGrad, CpuArray logits, CpuArray labels, double smoothing) {
    int classes = logits.shape().dim(1);
    CpuArray dense = memory.dense(logits);
    CpuArray label = memory.dense(labels);
    CpuArray grad = memory.dense(outputGrad);
    CpuArray out = memory.allocate(logits.dtype(), logits.shape());
    try {
      Reals from = dense.reals();
      Reals scale = grad.reals();
      Reals to = out.reals();
      long[] wanted = (long[]) label.array();
      workers.ranges(
          logits.shape().dim(0),
          rowsPerTask(classes),
          (first, last) -> {
            for (int n = first; n < last; n++) {
              int start = n * classes;
              int right = checked(wanted[n], classes);
              double max = RealReduction.MAX.row(from, start, 1, classes);
              double log = logSumExp(from, start, 1, classes, max);
              for (int k = 0; k < classes; k++) {
                double target = smoothing / classes + (k == right ? 1 - smoothing : 0);
                double softmax = Math.exp(from.get(start + k) - max - log);
                to.set(start + k, scale.get(n) * (softmax - target));
              }
            }
          });
    } catch (IndexOutOfBoundsException e) {
      memory.release(out);
      throw e;
    } finally {
      memory.release(grad);
      memory.release(label);
      memory.release(dense);
    }
    return out;
  }

  private static int rowsPerTask(int classes) {
    return Math.max(1, Workers.CHUNK / 16 / Math.max(1, classes));
  }

  /**
   * {@code log(sum(exp(a - max)))}: to be subtracted after the maximum, which may be much larger.
   */
  private static double logSumExp(Reals values, int start, int stride, int count, double max) {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += Math.exp(values.get(start + k * stride) - max);
    }
    return Math.log(sum);
  }

  private static double centredMean(Reals values, int start, int count, double max) {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += values.get(start + k) - max;
    }
    return sum / count;
  }

  private static int checked(long label, int classes) {
    if (label < 0 || label >= classes) {
      throw new IndexOutOfBoundsException(
          "label " + label + " is out of range for " + classes + " classes");
    }
    return (int) label;
  }
}
