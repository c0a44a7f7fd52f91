package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.Arrays;

/** Products of matrices and vectors, and the affine map. */
final class Contraction {

  private Contraction() {}

  /**
   * As NumPy: a vector on the left is a row, on the right a column, and that axis vanishes, so that
   * two vectors give their inner product, a 0-d tensor.
   */
  static Tensor matmul(Tensor a, Tensor b) {
    Op.requireFloating("matmul", a);
    DType dtype = Op.commonDType("matmul", a, b);
    if (a.shape().rank() == 0 || b.shape().rank() == 0) {
      throw Op.error("matmul", "0-d operand; use mul", a, b);
    }
    Tensor left = a.shape().rank() == 1 ? a.unsqueeze(0) : a;
    Tensor right = b.shape().rank() == 1 ? b.unsqueeze(1) : b;
    // What is refused is told of the operands as they were given, not as rows and columns.
    if (left.shape().dim(-1) != right.shape().dim(-2)) {
      throw Op.error(
          "matmul",
          "inner extents " + left.shape().dim(-1) + " and " + right.shape().dim(-2) + " differ",
          a,
          b);
    }
    Shape batch = batch(left.shape(), right.shape(), a, b);
    Tensor product = ofMatrices(left, right, batch, dtype);
    Tensor withoutRow = a == left ? product : without(product, -2);
    return b == right ? withoutRow : without(withoutRow, -1);
  }

  private static Tensor ofMatrices(Tensor a, Tensor b, Shape batch, DType dtype) {
    long[] extents = new long[batch.rank() + 2];
    Arrays.setAll(extents, i -> i < batch.rank() ? batch.dim(i) : a.shape().dim(-2));
    extents[batch.rank() + 1] = b.shape().dim(-1);
    Shape shape = Shape.result("matmul", extents);
    Object array = a.backend().matmul(a.array(), b.array());
    Rule rule = Rule.each(g -> g.matmul(b.mT()), g -> a.mT().matmul(g));
    return Op.record("matmul", array, shape, dtype, rule, a, b);
  }

  private static Tensor without(Tensor product, int axis) {
    int dropped = product.shape().axis("matmul", axis);
    return product.reshape(product.shape().without(dropped));
  }

  /** The extents of the leading axes, stretched to fit. */
  private static Shape batch(Shape left, Shape right, Tensor... given) {
    Shape a = batch(left);
    Shape b = batch(right);
    for (int i = 1; i <= Math.min(a.rank(), b.rank()); i++) {
      if (a.dim(-i) != b.dim(-i) && a.dim(-i) != 1 && b.dim(-i) != 1) {
        throw Op.error("matmul", "leading axes " + a + " and " + b + " do not broadcast", given);
      }
    }
    return Shape.broadcast("matmul", a, b);
  }

  private static Shape batch(Shape shape) {
    return shape.without(shape.rank() - 2, shape.rank() - 1);
  }

  /** See {@link Tensor#linear}. */
  static Tensor linear(Tensor x, Tensor weight, Tensor bias, boolean relu) {
    String name = relu ? "linearRelu" : "linear";
    Op.requireFloating(name, x);
    Op.commonDType(name, x, weight);
    Op.commonDType(name, x, bias);
    if (x.shape().rank() != 2 || weight.shape().rank() != 2) {
      throw Op.error(name, "input must be [N, D] and weight [M, D]", x, weight);
    }
    if (x.shape().dim(1) != weight.shape().dim(1)) {
      throw Op.error(
          name,
          "weight expects " + weight.shape().dim(1) + " inputs, input has " + x.shape().dim(1),
          x,
          weight);
    }
    if (!bias.shape().equals(Shape.of(weight.shape().dim(0)))) {
      throw Op.error(name, "bias must be [" + weight.shape().dim(0) + "]", bias, weight);
    }
    Shape shape = Shape.result(name, x.shape().dim(0), weight.shape().dim(0));
    Rule rule =
        (outputGrad, output, wanted) -> {
          Tensor g = relu ? Elementwise.reluGrad(outputGrad, output) : outputGrad;
          return new Tensor[] {
            wanted[0] ? g.matmul(weight) : null,
            wanted[1] ? g.mT().matmul(x) : null,
            wanted[2] ? g.sum(0) : null
          };
        };
    return x.backend()
        .linear(x.array(), weight.array(), bias.array(), relu)
        .map(array -> Op.record("linear", array, shape, x.dtype(), rule, x, weight, bias))
        .orElseGet(() -> composed(x, weight, bias, relu));
  }

  private static Tensor composed(Tensor x, Tensor weight, Tensor bias, boolean relu) {
    Tensor affine = x.matmul(weight.mT()).add(bias);
    return relu ? affine.relu() : affine;
  }

  static Tensor dot(Tensor a, Tensor b) {
    requireVectors("dot", a, b);
    if (a.shape().size() != b.shape().size()) {
      throw Op.error("dot", "vectors differ in length", a, b);
    }
    return a.mul(b).sum();
  }

  static Tensor outer(Tensor a, Tensor b) {
    requireVectors("outer", a, b);
    Shape.result("outer", a.shape().size(), b.shape().size());
    return a.unsqueeze(1).mul(b);
  }

  private static void requireVectors(String name, Tensor a, Tensor b) {
    Op.requireNumeric(name, a);
    Op.commonDType(name, a, b);
    if (a.shape().rank() != 1 || b.shape().rank() != 1) {
      throw Op.error(name, "needs two vectors, [N]", a, b);
    }
  }
}
