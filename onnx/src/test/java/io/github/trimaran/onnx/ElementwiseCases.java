package io.github.trimaran.onnx;

import static io.github.trimaran.onnx.OperatorCase.between;
import static io.github.trimaran.onnx.OperatorCase.booleans;
import static io.github.trimaran.onnx.OperatorCase.floats;
import static io.github.trimaran.onnx.OperatorCase.integers;
import static io.github.trimaran.onnx.OperatorCase.of;
import static io.github.trimaran.onnx.OperatorCase.random;
import static io.github.trimaran.onnx.OperatorCase.scalar;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import java.util.List;

/** Arithmetic, functions, activations, comparisons and logic. */
final class ElementwiseCases {

  private ElementwiseCases() {}

  static void add(List<OperatorCase> cases) {
    arithmetic(cases);
    functions(cases);
    activations(cases);
    comparisons(cases);
    casts(cases);
  }

  private static void arithmetic(List<OperatorCase> cases) {
    HostArray x = random(2, 3, 4);
    for (int opset : new int[] {7, 13, 14}) {
      for (String operator : List.of("Add", "Sub", "Mul", "Div")) {
        cases.add(of(operator, opset).in(x).in(between(0.5, 2, 2, 3, 4)));
        cases.add(of(operator, opset).in(x).in(between(0.5, 2, 3, 1)));
        cases.add(of(operator, opset).in(between(0.5, 2, 4)).holds(between(0.5, 2, 1)));
        cases.add(of(operator, opset).in(integers(-9, 10, 3, 4)).in(integers(1, 5, 4)));
      }
    }
    for (String operator : List.of("Sum", "Max", "Min", "Mean")) {
      for (int opset : new int[] {8, 13}) {
        cases.add(of(operator, opset).in(x));
        cases.add(of(operator, opset).in(x).in(random(3, 4)));
        cases.add(of(operator, opset).in(x).in(random(3, 1)).in(random(2, 1, 4)));
      }
    }
    cases.add(of("Max", 13).in(integers(-9, 9, 3, 4)).in(integers(-5, 5, 4)));
    cases.add(of("Min", 13).in(integers(-9, 9, 3, 4)).in(integers(-5, 5, 4)));
    for (int opset : new int[] {7, 12, 13, 15}) {
      cases.add(of("Pow", opset).in(between(0.1, 2, 2, 3)).in(random(2, 3)));
      cases.add(of("Pow", opset).in(x).holds(scalar(2.0)));
      cases.add(of("Pow", opset).in(x).holds(scalar(3.0)));
      cases.add(of("Pow", opset).in(between(0.1, 2, 3, 4)).holds(floats(0.5)));
      cases.add(of("Pow", opset).in(between(0.5, 2, 3, 4)).in(random(4)));
    }
    cases.add(of("Pow", 13).in(x).in(integers(0, 3, 4)));
    cases.add(of("Pow", 13).in(integers(-4, 5, 3, 4)).in(integers(0, 4, 4)));
    for (int opset : new int[] {10, 13}) {
      cases.add(of("Mod", opset).in(integers(-9, 9, 3, 4)).in(integers(1, 5, 4)));
      cases.add(of("Mod", opset).in(integers(-9, 9, 3, 4)).holds(scalar(-4)));
      cases.add(of("Mod", opset).with("fmod", 1).in(integers(-9, 9, 3, 4)).in(integers(1, 5, 4)));
      cases.add(of("Mod", opset).with("fmod", 1).in(x).in(between(0.5, 2, 4)));
    }
    clips(cases);
  }

  private static void clips(List<OperatorCase> cases) {
    HostArray x = random(2, 3, 4);
    for (Object low : new Object[] {null, -0.5, 0.0}) {
      for (Object high : new Object[] {null, 0.75, 6.0}) {
        cases.add(of("Clip", 7).with("min", low).with("max", high).in(x));
        HostArray min = low == null ? null : scalar((double) low);
        HostArray max = high == null ? null : scalar((double) high);
        cases.add(of("Clip", 12).in(x).holds(min).holds(max));
        cases.add(of("Clip", 13).in(x).in(min).in(max));
      }
    }
    cases.add(of("Clip", 13).in(integers(-9, 9, 7)).holds(scalar(-3)).holds(scalar(4)));
  }

  private static void functions(List<OperatorCase> cases) {
    HostArray x = random(2, 3, 4);
    for (int opset : new int[] {9, 13}) {
      for (String operator :
          List.of("Identity", "Neg", "Abs", "Sign", "Exp", "Sin", "Cos", "Tan", "Sinh", "Cosh")) {
        cases.add(of(operator, opset).in(x));
        cases.add(of(operator, opset).in(random()));
      }
      for (String operator : List.of("Tanh", "Erf", "Floor", "Ceil")) {
        cases.add(of(operator, opset).in(x));
        cases.add(of(operator, opset).in(between(-30, 30, 40)));
      }
      for (String operator : List.of("Log", "Sqrt", "Reciprocal")) {
        cases.add(of(operator, opset).in(between(0.01, 4, 3, 5)));
        cases.add(of(operator, opset).in(between(0.5, 400, 30)));
      }
    }
    for (String operator : List.of("Neg", "Abs", "Sign")) {
      cases.add(of(operator, 13).in(integers(-9, 9, 3, 4)));
    }
    cases.add(of("Round", 11).in(floats(-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49, -3.7)));
    cases.add(of("Identity", 13).in(integers(-9, 9, 4)));
    cases.add(of("Identity", 13).in(booleans(4)));
  }

  private static void activations(List<OperatorCase> cases) {
    HostArray x = between(-4, 4, 2, 3, 4);
    for (String operator : List.of("Relu", "Sigmoid", "Softplus", "Softsign", "Elu", "Selu")) {
      for (int opset : new int[] {7, 13}) {
        cases.add(of(operator, opset).in(x));
        cases.add(of(operator, opset).in(between(-60, 60, 50)));
      }
    }
    for (String operator : List.of("LeakyRelu", "Elu", "HardSigmoid", "Selu", "ThresholdedRelu")) {
      for (Object alpha : new Object[] {null, 0.3, 1.5}) {
        cases.add(of(operator, 10).with("alpha", alpha).in(x));
      }
    }
    cases.add(of("Celu", 12).in(x));
    cases.add(of("Celu", 12).with("alpha", 0.4).in(x));
    cases.add(of("HardSigmoid", 7).with("beta", 0.3).in(x));
    cases.add(of("HardSigmoid", 7).with("alpha", 0.5).with("beta", 0.1).in(x));
    cases.add(of("Selu", 7).with("gamma", 1.5).in(x));
    cases.add(of("Selu", 7).with("alpha", 1.1).with("gamma", 0.5).in(x));
    cases.add(of("HardSwish", 14).in(x));
    cases.add(of("Mish", 18).in(x));
    cases.add(of("Gelu", 20).in(x));
    cases.add(of("Gelu", 20).with("approximate", "none").in(x));
    cases.add(of("Gelu", 20).with("approximate", "tanh").in(x));
    cases.add(of("Shrink", 9).in(x));
    cases.add(of("Shrink", 9).with("bias", 0.3).in(x));
    cases.add(of("Shrink", 9).with("lambd", 1.5).with("bias", 0.5).in(x));
    for (int opset : new int[] {7, 9, 16}) {
      cases.add(of("PRelu", opset).in(x).holds(random(3, 1)));
      cases.add(of("PRelu", opset).in(x).in(random(1)));
      cases.add(of("PRelu", opset).in(x).in(random(2, 3, 4)));
    }
  }

  private static void comparisons(List<OperatorCase> cases) {
    HostArray a = integers(0, 3, 3, 4);
    HostArray b = integers(0, 3, 4);
    for (String operator : List.of("Equal", "Greater", "Less")) {
      for (int opset : new int[] {11, 13}) {
        cases.add(of(operator, opset).in(a).in(b));
        cases.add(of(operator, opset).in(a.to(DType.FLOAT32)).in(b.to(DType.FLOAT32)));
        cases.add(of(operator, opset).in(random(3, 4)).in(random(3, 4)));
      }
    }
    for (String operator : List.of("GreaterOrEqual", "LessOrEqual")) {
      for (int opset : new int[] {12, 16}) {
        cases.add(of(operator, opset).in(a).in(b));
        cases.add(of(operator, opset).in(a.to(DType.FLOAT32)).in(b.to(DType.FLOAT32)));
      }
    }
    cases.add(of("Equal", 13).in(booleans(3, 4)).in(booleans(4)));
    for (String operator : List.of("And", "Or", "Xor")) {
      cases.add(of(operator, 7).in(booleans(3, 4)).in(booleans(3, 4)));
      cases.add(of(operator, 7).in(booleans(3, 4)).in(booleans(4)));
    }
    cases.add(of("Not", 7).in(booleans(3, 4)));
    for (int opset : new int[] {9, 16}) {
      cases.add(of("Where", opset).in(booleans(3, 4)).in(random(3, 4)).in(random(3, 4)));
      cases.add(of("Where", opset).in(booleans(3, 1)).in(random(4)).holds(scalar(7.0)));
      cases.add(of("Where", opset).in(booleans(4)).in(integers(0, 9, 3, 4)).in(integers(0, 9, 1)));
    }
    HostArray odd = floats(1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0);
    cases.add(of("IsNaN", 13).in(odd));
    cases.add(of("IsInf", 10).in(odd));
    cases.add(of("IsInf", 10).with("detect_negative", 0).in(odd));
    cases.add(of("IsInf", 10).with("detect_positive", 0).in(odd));
  }

  private static void casts(List<OperatorCase> cases) {
    for (int opset : new int[] {9, 13}) {
      for (int to : new int[] {1, 6, 7, 9}) {
        cases.add(of("Cast", opset).with("to", to).in(between(-5, 5, 3, 4)));
        cases.add(of("Cast", opset).with("to", to).in(integers(-2, 3, 3, 4)));
        cases.add(of("Cast", opset).with("to", to).in(booleans(3, 4)));
      }
    }
    cases.add(of("CastLike", 15).in(between(-5, 5, 3, 4)).in(integers(0, 2, 1)));
    cases.add(of("CastLike", 15).in(integers(-5, 5, 3, 4)).in(random(1)));
  }
}
