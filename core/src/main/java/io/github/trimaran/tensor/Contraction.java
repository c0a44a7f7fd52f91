package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.Arrays;

/** Matrix products and the affine map. */
final class Contraction {

  private Contraction() {}

  /** As NumPy: a vector on the left is a row, on the right a column, and that axis vanishes. */
  static Tensor matmul(Tensor a, Tensor b) {
    Op.requireFloating("matmul", a);
    DType dtype = Op.commonDType("matmul", a, b);
    if (a.shape().rank() == 0 || b.shape().rank() == 0) {
      throw Op.error("matmul", "0-d operand; use mul", a, b);
    }
    if (a.shape().rank() == 1) {
      return squeezed(a.reshape(1, -1).matmul(b), -2);
    }
    if (b.shape().rank() == 1) {
      return squeezed(a.matmul(b.reshape(b.shape().size(), 1)), -1);
    }
    if (a.shape().dim(-1) != b.shape().dim(-2)) {
      throw Op.error(
          "matmul",
          "inner extents " + a.shape().dim(-1) + " and " + b.shape().dim(-2) + " differ",
          a,
          b);
    }
    Shape shape = outputShape(a.shape(), b.shape());
    Object array = a.backend().matmul(a.array(), b.array());
    Rule rule = Rule.each(g -> g.matmul(b.mT()), g -> a.mT().matmul(g));
    return Op.record("matmul", array, shape, dtype, rule, a, b);
  }

  private static Tensor squeezed(Tensor product, int axis) {
    int dropped = product.shape().axis("matmul", axis);
    return product.reshape(product.shape().without(dropped));
  }

  private static Shape outputShape(Shape a, Shape b) {
    Shape batch = Shape.broadcast("matmul", batch(a), batch(b));
    long[] extents = new long[batch.rank() + 2];
    Arrays.setAll(extents, i -> i < batch.rank() ? batch.dim(i) : a.dim(-2));
    extents[batch.rank() + 1] = b.dim(-1);
    return Shape.result("matmul", extents);
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
}
