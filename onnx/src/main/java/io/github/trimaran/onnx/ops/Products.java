package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.tensor.Tensor;
import java.util.Map;

/** Products of matrices and other contractions. */
final class Products {

  private Products() {}

  static void register(Map<String, Operator> all) {
    all.put("MatMul", Operator.of("", 2, 2, c -> matmul(c.tensor(0), c.tensor(1))));
    all.put("Gemm", Operator.of("alpha:f beta:f transA:i transB:i", 2, 3, Products::gemm));
    all.put(
        "Einsum",
        Operator.of(
            "equation:s",
            1,
            Integer.MAX_VALUE,
            c -> Tensor.einsum(c.node().text("equation", ""), c.tensors().toArray(Tensor[]::new))));
  }

  /** Integers by way of float64, exact below 2^53. */
  private static Tensor matmul(Tensor a, Tensor b) {
    if (a.shape().rank() == 1 && b.shape().rank() == 1) {
      return a.mul(b).sum();
    }
    return a.dtype().isFloating()
        ? a.matmul(b)
        : a.to(DType.FLOAT64).matmul(b.to(DType.FLOAT64)).to(a.dtype());
  }

  /** {@code alpha A B + beta C}; as one affine map where it is one. */
  private static Tensor gemm(Call call) {
    Tensor a = call.node().flag("transA", false) ? call.tensor(0).mT() : call.tensor(0);
    boolean turned = call.node().flag("transB", false);
    double alpha = call.node().number("alpha", 1);
    double beta = call.node().number("beta", 1);
    Tensor b = call.tensor(1);
    boolean plain = alpha == 1 && beta == 1 && turned && call.has(2);
    if (plain && call.shape(2).rank() == 1 && call.shape(2).dim(0) == b.shape().dim(0)) {
      Tensor bias = call.tensor(2);
      return call.rectified() ? a.linearRelu(b, bias) : a.linear(b, bias);
    }
    Tensor y = a.matmul(turned ? b.mT() : b);
    if (alpha != 1) {
      y = y.mul(alpha);
    }
    if (call.has(2) && beta != 0) {
      Tensor c = call.tensor(2);
      y = y.add(beta == 1 ? c : c.mul(beta));
    }
    return call.rectified() ? y.relu() : y;
  }
}
