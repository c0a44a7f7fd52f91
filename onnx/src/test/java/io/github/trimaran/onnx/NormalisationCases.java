package io.github.trimaran.onnx;

import static io.github.trimaran.onnx.OperatorCase.between;
import static io.github.trimaran.onnx.OperatorCase.floats;
import static io.github.trimaran.onnx.OperatorCase.of;
import static io.github.trimaran.onnx.OperatorCase.random;
import static io.github.trimaran.onnx.OperatorCase.scalar;

import io.github.trimaran.array.HostArray;
import java.util.Arrays;
import java.util.List;

/** Normalisations, softmax, dropout, products of matrices. */
final class NormalisationCases {

  private NormalisationCases() {}

  static void add(List<OperatorCase> cases) {
    normalisations(cases);
    softmax(cases);
    products(cases);
  }

  private static void normalisations(List<OperatorCase> cases) {
    HostArray x = random(2, 4, 3, 5);
    HostArray variance = between(0.5, 2, 4);
    for (int opset : new int[] {7, 9, 14, 15}) {
      for (Object epsilon : new Object[] {null, 1e-2}) {
        cases.add(
            of("BatchNormalization", opset)
                .with("epsilon", epsilon)
                .in(x)
                .holds(random(4))
                .holds(floats(1, 2, 3, 4))
                .holds(floats(0.1, 0.2, 0.3, 0.4))
                .holds(variance));
      }
      cases.add(
          of("BatchNormalization", opset)
              .in(random(3, 4))
              .in(random(4))
              .in(floats(1, 2, 3, 4))
              .in(floats(0, 1, 0, -1))
              .in(variance));
    }
    for (Object epsilon : new Object[] {null, 1e-2}) {
      cases.add(
          of("InstanceNormalization", 7)
              .with("epsilon", epsilon)
              .in(x)
              .holds(random(4))
              .in(variance));
      cases.add(
          of("InstanceNormalization", 7)
              .with("epsilon", epsilon)
              .in(random(2, 4, 7))
              .in(random(4))
              .in(variance));
      for (int axis : new int[] {-1, 1, 2, 3}) {
        int[] rest = Arrays.copyOfRange(x.shape().dims(), axis < 0 ? 3 : axis, 4);
        cases.add(
            of("LayerNormalization", 17)
                .with("axis", axis)
                .with("epsilon", epsilon)
                .in(x)
                .holds(random(rest))
                .holds(between(0, 1, rest)));
        cases.add(
            of("LayerNormalization", 17)
                .with("axis", axis)
                .with("epsilon", epsilon)
                .in(x)
                .in(random(rest)));
      }
    }
    cases.add(of("LayerNormalization", 17).in(x).in(random(5)).in(between(0, 1, 5)).outputs(3));
    for (int groups : new int[] {1, 2, 4}) {
      for (Object epsilon : new Object[] {null, 1e-2}) {
        cases.add(
            of("GroupNormalization", 21)
                .with("num_groups", groups)
                .with("epsilon", epsilon)
                .in(x)
                .in(random(4))
                .in(variance));
        cases.add(
            of("GroupNormalization", 18)
                .with("num_groups", groups)
                .with("epsilon", epsilon)
                .in(x)
                .in(random(groups))
                .in(between(0, 1, groups)));
      }
    }
    // ONNX Runtime has no windows of even size.
    for (int size : new int[] {1, 3, 5}) {
      cases.add(of("LRN", 7).with("size", size).in(random(2, 6, 3, 3)));
      cases.add(
          of("LRN", 13)
              .with("size", size)
              .with("alpha", 0.5)
              .with("beta", 0.6)
              .with("bias", 2.0)
              .in(random(2, 6, 3, 3)));
    }
    for (int axis : new int[] {-1, 0, 1}) {
      for (int p : new int[] {1, 2}) {
        cases.add(of("LpNormalization", 7).with("axis", axis).with("p", p).in(random(3, 4)));
      }
    }
    cases.add(of("MeanVarianceNormalization", 9).in(x));
    cases.add(of("MeanVarianceNormalization", 13).with("axes", new int[] {1, 2}).in(x));
    cases.add(of("Dropout", 7).with("ratio", 0.3).in(x));
    cases.add(of("Dropout", 10).in(x).outputs(2));
    cases.add(of("Dropout", 13).in(x).holds(scalar(0.4)));
  }

  private static void softmax(List<OperatorCase> cases) {
    HostArray x = between(-5, 5, 2, 3, 4);
    for (String operator : List.of("Softmax", "LogSoftmax")) {
      for (int opset : new int[] {7, 11, 13}) {
        cases.add(of(operator, opset).in(x));
        for (int axis = opset < 11 ? 0 : -1; axis < 3; axis++) {
          cases.add(of(operator, opset).with("axis", axis).in(x));
        }
      }
    }
  }

  private static void products(List<OperatorCase> cases) {
    for (int opset : new int[] {9, 13}) {
      cases.add(of("MatMul", opset).in(random(3, 4)).in(random(4, 5)));
      cases.add(of("MatMul", opset).in(random(2, 3, 4)).in(random(4, 5)));
      cases.add(of("MatMul", opset).in(random(2, 1, 3, 4)).in(random(5, 4, 2)));
      cases.add(of("MatMul", opset).in(random(4)).in(random(4, 5)));
      cases.add(of("MatMul", opset).in(random(3, 4)).in(random(4)));
      cases.add(of("MatMul", opset).in(random(4)).in(random(4)));
    }
    cases.add(
        of("MatMul", 13)
            .in(OperatorCase.integers(-5, 5, 3, 4))
            .in(OperatorCase.integers(-5, 5, 4, 2)));
    for (int opset : new int[] {7, 11, 13}) {
      for (int ta : new int[] {0, 1}) {
        for (int tb : new int[] {0, 1}) {
          HostArray a = ta == 0 ? random(3, 4) : random(4, 3);
          HostArray b = tb == 0 ? random(4, 5) : random(5, 4);
          cases.add(
              of("Gemm", opset)
                  .with("transA", ta)
                  .with("transB", tb)
                  .in(a)
                  .holds(b)
                  .holds(random(5)));
          cases.add(
              of("Gemm", opset)
                  .with("alpha", 0.5)
                  .with("beta", 2.0)
                  .with("transA", ta)
                  .with("transB", tb)
                  .in(a)
                  .in(b)
                  .in(random(3, 1)));
          if (opset >= 11) {
            cases.add(
                of("Gemm", opset)
                    .with("alpha", 3.0)
                    .with("transA", ta)
                    .with("transB", tb)
                    .in(a)
                    .in(b));
          }
        }
      }
      cases.add(of("Gemm", opset).in(random(3, 4)).in(random(4, 5)).in(random(3, 5)));
      cases.add(of("Gemm", opset).in(random(3, 4)).in(random(4, 5)).holds(scalar(2.0)));
    }
    for (String equation :
        List.of("ij,jk->ik", "ij,jk", "i j, k j -> i k", "ij,ij->", "ij,ij->i")) {
      HostArray a = random(3, 3);
      cases.add(of("Einsum", 12).with("equation", equation).in(a).in(between(-1, 1, 3, 3)));
    }
    cases.add(
        of("Einsum", 12).with("equation", "bij,bjk->bik").in(random(2, 3, 4)).in(random(2, 4, 5)));
    cases.add(
        of("Einsum", 12)
            .with("equation", "...ij,...jk->...ik")
            .in(random(2, 3, 4))
            .in(random(2, 4, 5)));
    cases.add(
        of("Einsum", 12)
            .with("equation", "bhqd,bhkd->bhqk")
            .in(random(2, 2, 3, 4))
            .in(random(2, 2, 5, 4)));
    cases.add(of("Einsum", 12).with("equation", "ij->ji").in(random(3, 4)));
    cases.add(of("Einsum", 12).with("equation", "ii->i").in(random(3, 3)));
    cases.add(of("Einsum", 12).with("equation", "ijk->k").in(random(2, 3, 4)));
  }
}
