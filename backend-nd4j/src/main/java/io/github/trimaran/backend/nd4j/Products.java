package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.nd4j.Blas.Matrix;
import java.util.Arrays;

/** Matrix products: batched, and the affine map of a dense layer. */
final class Products {

  private final Allocator allocator;
  private final Workers workers;
  private final Blas blas;

  Products(Allocator allocator, Workers workers, Blas blas) {
    this.allocator = allocator;
    this.workers = workers;
    this.blas = blas;
  }

  Nd4jArray matmul(Nd4jArray a, Nd4jArray b) {
    int rank = Math.max(a.shape().rank(), b.shape().rank());
    int m = a.shape().dim(-2);
    int k = a.shape().dim(-1);
    int n = b.shape().dim(-1);
    Shape batch = Shape.broadcast("matmul", leading(a.shape()), leading(b.shape()));
    int[] extents = Arrays.copyOf(batch.dims(), rank);
    extents[rank - 2] = m;
    extents[rank - 1] = n;
    if (k == 0) {
      return allocator.zeros(Shape.of(extents), a.dtype(), out -> {});
    }
    return allocator.create(
        Shape.of(extents),
        a.dtype(),
        out -> {
          if (batch.size() == 1) {
            blas.multiplyShared(
                m, n, k, Matrix.of(a, 0, k), Matrix.of(b, 0, n), Matrix.of(out, 0, n));
            return;
          }
          int[] fromA = starts(leading(a.shape()), batch, m * k);
          int[] fromB = starts(leading(b.shape()), batch, k * n);
          workers.forEach(
              batch.size(),
              i ->
                  Blas.multiply(
                      m,
                      n,
                      k,
                      Matrix.of(a, fromA[i], k),
                      Matrix.of(b, fromB[i], n),
                      false,
                      Matrix.of(out, i * m * n, n)));
        });
  }

  private static Shape leading(Shape shape) {
    return shape.without(shape.rank() - 2, shape.rank() - 1);
  }

  /** Where each matrix of the broadcast batch starts in an operand. */
  private static int[] starts(Shape leading, Shape batch, int size) {
    int[] steps = leading.strides();
    int lead = batch.rank() - leading.rank();
    int[] starts = new int[batch.size()];
    for (int i = 0; i < starts.length; i++) {
      int rest = i;
      for (int axis = batch.rank() - 1; axis >= lead; axis--) {
        int at = rest % batch.dim(axis);
        rest /= batch.dim(axis);
        starts[i] += leading.dim(axis - lead) == 1 ? 0 : at * steps[axis - lead] * size;
      }
    }
    return starts;
  }

  /** {@code x w^T + b}, then ReLU if asked. */
  Nd4jArray linear(Nd4jArray input, Nd4jArray weight, Nd4jArray bias, boolean relu) {
    int samples = input.shape().dim(0);
    int inputs = input.shape().dim(1);
    int outputs = weight.shape().dim(0);
    return allocator.create(
        Shape.of(samples, outputs),
        input.dtype(),
        out -> {
          if (inputs == 0) {
            Allocator.clear(out);
          } else {
            blas.multiplyShared(
                samples,
                outputs,
                inputs,
                Matrix.of(input, 0, inputs),
                Matrix.of(weight, 0, inputs).transpose(),
                Matrix.of(out, 0, outputs));
          }
          Bias.add(workers, out, bias, relu, samples, outputs, 1);
        });
  }
}
