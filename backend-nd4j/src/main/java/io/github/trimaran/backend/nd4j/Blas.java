package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.DType;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** General matrix multiplication by ND4J's OpenBLAS, on row-major matrices inside our arrays. */
final class Blas {

  /**
   * A matrix: where it starts in an array, elements from row to row, and whether it is read
   * transposed.
   */
  record Matrix(Nd4jArray array, int start, int stride, boolean transposed) {

    static Matrix of(Nd4jArray array, int start, int stride) {
      return new Matrix(array, start, stride, false);
    }

    Matrix transpose() {
      return new Matrix(array, start, stride, !transposed);
    }

    /** This matrix without its first rows. */
    Matrix fromRow(int row) {
      return new Matrix(array, start + row * (transposed ? 1 : stride), stride, transposed);
    }

    /** This matrix without its first columns. */
    Matrix fromColumn(int column) {
      return transpose().fromRow(column).transpose();
    }

    private int order() {
      return transposed ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans;
    }

    private FloatPointer floats() {
      return new FloatPointer(array.pointer(start));
    }

    private DoublePointer doubles() {
      return new DoublePointer(array.pointer(start));
    }
  }

  /**
   * About so many parts a large product is cut into: enough to share, few enough to pack little
   * twice.
   */
  private static final int PARTS = 8;

  private static final long WORTH_SHARING = 1L << 19;

  private final Workers workers;

  Blas(Workers workers) {
    this.workers = workers;
  }

  /** {@code c = a b}, or {@code c += a b}: {@code [m, k] x [k, n]}; on this thread. */
  static void multiply(int m, int n, int k, Matrix a, Matrix b, boolean accumulate, Matrix c) {
    if (c.array().dtype() == DType.FLOAT32) {
      openblas_nolapack.cblas_sgemm(
          openblas_nolapack.CblasRowMajor,
          a.order(),
          b.order(),
          m,
          n,
          k,
          1,
          a.floats(),
          a.stride(),
          b.floats(),
          b.stride(),
          accumulate ? 1 : 0,
          c.floats(),
          c.stride());
    } else {
      openblas_nolapack.cblas_dgemm(
          openblas_nolapack.CblasRowMajor,
          a.order(),
          b.order(),
          m,
          n,
          k,
          1,
          a.doubles(),
          a.stride(),
          b.doubles(),
          b.stride(),
          accumulate ? 1 : 0,
          c.doubles(),
          c.stride());
    }
  }

  /** The same, {@code c = a b}, cut along the longer side of the result and shared out. */
  void multiplyShared(int m, int n, int k, Matrix a, Matrix b, Matrix c) {
    if ((long) m * n * k < WORTH_SHARING) {
      multiply(m, n, k, a, b, false, c);
    } else if (n >= m) {
      workers.ranges(
          n,
          part(n),
          (start, end) ->
              multiply(m, end - start, k, a, b.fromColumn(start), false, c.fromColumn(start)));
    } else {
      workers.ranges(
          m,
          part(m),
          (start, end) ->
              multiply(end - start, n, k, a.fromRow(start), b, false, c.fromRow(start)));
    }
  }

  /** A multiple of the widest register tile, so that no part but the last has a ragged edge. */
  private static int part(int extent) {
    return Math.max(32, (extent / PARTS + 15) / 16 * 16);
  }
}
