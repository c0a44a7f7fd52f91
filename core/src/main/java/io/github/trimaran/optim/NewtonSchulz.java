package io.github.trimaran.optim;

import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The Newton-Schulz iteration of {@link Muon}, which brings the singular values of a matrix near 1
 * (five steps: between 0.7 and 1.2) and keeps its singular vectors. A step is, with {@code A = X
 * X^T},
 *
 * <pre>
 * X = (a I + B) X,    B = b A + c A A,    a = 3.4445, b = -4.7750, c = 2.0315
 * </pre>
 *
 * <p>Matrices of one shape go through the steps as one batch: a network has many layers alike, and
 * a few products of a batch keep all cores busier than many small ones.
 */
final class NewtonSchulz {

  private static final double A = 3.4445;
  private static final double B = -4.7750;
  private static final double C = 2.0315;

  /**
   * So many times wider than high, a matrix is cheaper to orthogonalise on products: 5 (2 r + 1)
   * multiplications of square matrices against 2 r + 17.
   */
  private static final int WIDE = 2;

  /** Against division by a norm of 0. */
  private static final double TINY = 1e-7;

  private NewtonSchulz() {}

  /**
   * Nearly orthogonal matrices in the place of these.
   *
   * @param matrices of one shape and type, at least one
   */
  static List<Tensor> orthogonalise(List<Tensor> matrices, int steps) {
    int rows = matrices.get(0).shape().dim(0);
    int columns = matrices.get(0).shape().dim(1);
    if (rows > columns) {
      return transposed(orthogonalise(transposed(matrices), steps));
    }
    List<Tensor> x = matrices.stream().map(matrix -> withNorm(1, matrix)).toList();
    return columns > WIDE * rows
        ? iteratedOnProducts(x, steps)
        : apart(iterated(batch(x), steps), x.size());
  }

  private static Tensor iterated(Tensor start, int steps) {
    Tensor x = start;
    for (int i = 0; i < steps; i++) {
      x = x.mul(A).add(polynomial(x.matmul(x.mT())).matmul(x));
    }
    return x;
  }

  /**
   * The same without touching a wide {@code X} in each step. All factors are polynomials of the
   * first {@code X X^T} and so commute: a step makes {@code (a I + B)^2 A} of {@code A}, and of the
   * product of the factors so far, {@code s I + M}, it makes {@code a s I + (a M + s B + B M)}.
   * Only the products are put together to a batch; the {@code X} themselves are large enough.
   */
  private static List<Tensor> iteratedOnProducts(List<Tensor> x, int steps) {
    Tensor a = batch(x.stream().map(wide -> wide.matmul(wide.mT())).toList());
    Tensor m = polynomial(a);
    Tensor b = m;
    double s = A;
    for (int i = 1; i < steps; i++) {
      Tensor half = a.mul(A).add(b.matmul(a));
      a = half.mul(A).add(b.matmul(half));
      b = polynomial(a);
      m = m.mul(A).add(b.mul(s)).add(b.matmul(m));
      s *= A;
    }
    double scale = s;
    List<Tensor> factors = apart(m, x.size());
    return IntStream.range(0, x.size())
        .mapToObj(i -> x.get(i).mul(scale).add(factors.get(i).matmul(x.get(i))))
        .toList();
  }

  private static Tensor polynomial(Tensor a) {
    return a.mul(B).add(a.matmul(a).mul(C));
  }

  /** The same direction with that Frobenius norm. */
  static Tensor withNorm(double norm, Tensor tensor) {
    return tensor.mul(tensor.mul(tensor).sum().sqrt().add(TINY).pow(-1).mul(norm));
  }

  private static List<Tensor> transposed(List<Tensor> matrices) {
    return matrices.stream().map(Tensor::mT).toList();
  }

  /** {@code [matrices, rows, columns]}; of one matrix itself. */
  private static Tensor batch(List<Tensor> matrices) {
    return matrices.size() == 1 ? matrices.get(0) : Tensor.stack(matrices, 0);
  }

  private static List<Tensor> apart(Tensor batch, int size) {
    return size == 1
        ? List.of(batch)
        : IntStream.range(0, size).mapToObj(i -> batch.select(0, i)).toList();
  }
}
