package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.Shape;

/** Softmax in its stable forms, in double precision. */
final class Softmax {

  private final Allocator allocator;
  private final Workers workers;

  Softmax(Allocator allocator, Workers workers) {
    this.allocator = allocator;
    this.workers = workers;
  }

  Nd4jArray logSoftmax(Nd4jArray a, int axis) {
    Shape shape = a.shape();
    int count = shape.dim(axis);
    int inner = shape.strides()[axis];
    return allocator.create(
        shape,
        a.dtype(),
        out ->
            rows(
                a.size() / count,
                count,
                row -> {
                  double[] values = Scratch.get().doubles(0, count);
                  int start = row / inner * count * inner + row % inner;
                  read(a, start, inner, values, count);
                  double shift = center(values, count);
                  for (int k = 0; k < count; k++) {
                    values[k] -= shift;
                  }
                  write(values, out, start, inner, count);
                }));
  }

  Nd4jArray crossEntropy(Nd4jArray logits, Nd4jArray labels, double smoothing) {
    int classes = logits.shape().dim(1);
    return allocator.create(
        labels.shape(),
        logits.dtype(),
        out ->
            rows(
                labels.size(),
                classes,
                row -> {
                  double[] values = Scratch.get().doubles(0, classes);
                  int label = Indexing.index("softmaxCrossEntropy", labels, row, classes);
                  Values.read(logits, row * classes, values, classes);
                  double shift = center(values, classes);
                  double loss = (1 - smoothing) * (shift - values[label]);
                  if (smoothing > 0) {
                    double rest = 0;
                    for (int k = 0; k < classes; k++) {
                      rest += shift - values[k];
                    }
                    loss += smoothing / classes * rest;
                  }
                  values[0] = loss;
                  Values.write(values, out, row, 1);
                }));
  }

  Nd4jArray crossEntropyGrad(
      Nd4jArray outputGrad, Nd4jArray logits, Nd4jArray labels, double smoothing) {
    int classes = logits.shape().dim(1);
    return allocator.create(
        logits.shape(),
        logits.dtype(),
        out ->
            rows(
                labels.size(),
                classes,
                row -> {
                  double[] values = Scratch.get().doubles(0, classes);
                  double[] gradient = Scratch.get().doubles(1);
                  int label = Indexing.index("softmaxCrossEntropy", labels, row, classes);
                  Values.read(outputGrad, row, gradient, 1);
                  Values.read(logits, row * classes, values, classes);
                  double shift = center(values, classes);
                  for (int k = 0; k < classes; k++) {
                    double target = smoothing / classes + (k == label ? 1 - smoothing : 0);
                    values[k] = gradient[0] * (Math.exp(values[k] - shift) - target);
                  }
                  Values.write(values, out, row * classes, classes);
                }));
  }

  /**
   * Subtracts the greatest value from all, then returns the logarithm of their exponentials' sum.
   */
  private static double center(double[] values, int count) {
    double greatest = values[0];
    for (int k = 1; k < count; k++) {
      greatest = Math.max(greatest, values[k]);
    }
    double sum = 0;
    for (int k = 0; k < count; k++) {
      values[k] -= greatest;
      sum += Math.exp(values[k]);
    }
    return Math.log(sum);
  }

  private interface Row {
    void accept(int row);
  }

  private void rows(int count, int length, Row body) {
    workers.ranges(
        count,
        Math.max(1, Scratch.GRAIN / 16 / length),
        (start, end) -> {
          for (int row = start; row < end; row++) {
            body.accept(row);
          }
        });
  }

  private static void read(Nd4jArray a, int start, int stride, double[] values, int count) {
    if (stride == 1) {
      Values.read(a, start, values, count);
      return;
    }
    for (int k = 0; k < count; k++) {
      values[k] =
          switch (a.dtype()) {
            case FLOAT32 -> a.floats().get(start + k * stride);
            default -> a.doubles().get(start + k * stride);
          };
    }
  }

  private static void write(double[] values, Nd4jArray a, int start, int stride, int count) {
    if (stride == 1) {
      Values.write(values, a, start, count);
      return;
    }
    for (int k = 0; k < count; k++) {
      switch (a.dtype()) {
        case FLOAT32 -> a.floats().put(start + k * stride, (float) values[k]);
        default -> a.doubles().put(start + k * stride, values[k]);
      }
    }
  }
}
