package io.github.trimaran.onnx;

import static io.github.trimaran.onnx.OperatorCase.between;
import static io.github.trimaran.onnx.OperatorCase.booleans;
import static io.github.trimaran.onnx.OperatorCase.floats;
import static io.github.trimaran.onnx.OperatorCase.integers;
import static io.github.trimaran.onnx.OperatorCase.longs;
import static io.github.trimaran.onnx.OperatorCase.of;
import static io.github.trimaran.onnx.OperatorCase.random;
import static io.github.trimaran.onnx.OperatorCase.scalar;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.List;

/** Reductions, extremes, and reading and writing at indices. */
final class IndexCases {

  private IndexCases() {}

  static void add(List<OperatorCase> cases) {
    reductions(cases);
    extremes(cases);
    gathers(cases);
    scatters(cases);
  }

  private static int[] ints(int... values) {
    return values;
  }

  private static void reductions(List<OperatorCase> cases) {
    HostArray x = between(0.2, 2, 2, 3, 4);
    for (String operator :
        List.of(
            "ReduceSum",
            "ReduceMean",
            "ReduceMax",
            "ReduceMin",
            "ReduceProd",
            "ReduceL1",
            "ReduceL2",
            "ReduceSumSquare",
            "ReduceLogSum",
            "ReduceLogSumExp")) {
      for (Integer keep : new Integer[] {null, 0, 1}) {
        cases.add(of(operator, 11).with("keepdims", keep).in(x));
        cases.add(of(operator, 11).with("keepdims", keep).with("axes", ints(1)).in(x));
        cases.add(of(operator, 11).with("keepdims", keep).with("axes", ints(-1, 0)).in(x));
        cases.add(of(operator, 18).with("keepdims", keep).in(x).holds(longs(2, 1)));
        cases.add(of(operator, 18).with("keepdims", keep).in(x));
      }
      cases.add(of(operator, 18).in(x).in(longs(-1)));
    }
    cases.add(of("ReduceSum", 13).in(x).holds(longs(0, 2)));
    for (String operator : List.of("ReduceSum", "ReduceMax", "ReduceMin", "ReduceMean")) {
      cases.add(of(operator, 18).with("noop_with_empty_axes", 1).in(x).holds(longs()));
    }
    for (String operator : List.of("ReduceSum", "ReduceMax", "ReduceMin", "ReduceProd")) {
      cases.add(of(operator, 11).with("axes", ints(0)).in(integers(-4, 5, 3, 4)));
      cases.add(of(operator, 11).in(longs(2, 3, 4)));
    }
    for (int exclusive : new int[] {0, 1}) {
      for (int reverse : new int[] {0, 1}) {
        for (long axis : new long[] {0, 1, -1}) {
          cases.add(
              of("CumSum", 11)
                  .with("exclusive", exclusive)
                  .with("reverse", reverse)
                  .in(random(3, 4))
                  .holds(scalar(axis)));
        }
        cases.add(
            of("CumSum", 14)
                .with("exclusive", exclusive)
                .with("reverse", reverse)
                .in(integers(-3, 4, 5))
                .in(scalar(0)));
      }
    }
  }

  private static void extremes(List<OperatorCase> cases) {
    HostArray x = integers(0, 4, 3, 4, 5).to(DType.FLOAT32);
    for (String operator : List.of("ArgMax", "ArgMin")) {
      for (Integer axis : new Integer[] {null, 1, -1}) {
        for (Integer keep : new Integer[] {null, 0}) {
          cases.add(of(operator, 11).with("axis", axis).with("keepdims", keep).in(x));
          cases.add(
              of(operator, 13)
                  .with("axis", axis)
                  .with("keepdims", keep)
                  .with("select_last_index", 1)
                  .in(x));
        }
      }
    }
    cases.add(of("TopK", 7).with("k", 2).in(random(3, 5)).outputs(2));
    cases.add(of("TopK", 7).with("k", 2).with("axis", 0).in(random(3, 5)).outputs(2));
    for (int opset : new int[] {10, 11}) {
      for (Integer axis : new Integer[] {null, 0, 1}) {
        cases.add(of("TopK", opset).with("axis", axis).in(x).holds(longs(2)).outputs(2));
      }
    }
    for (int largest : new int[] {0, 1}) {
      cases.add(
          of("TopK", 11).with("largest", largest).with("sorted", 1).in(x).in(longs(3)).outputs(2));
      cases.add(
          of("TopK", 11)
              .with("largest", largest)
              .in(integers(0, 50, 4, 6))
              .holds(longs(4))
              .outputs(2));
    }
  }

  private static void gathers(List<OperatorCase> cases) {
    HostArray x = random(4, 3, 5);
    for (int opset : new int[] {7, 11, 13}) {
      for (Integer axis : new Integer[] {null, 1, 2}) {
        cases.add(of("Gather", opset).with("axis", axis).in(x).in(integers(0, 3, 2, 2)));
        cases.add(of("Gather", opset).with("axis", axis).in(x).holds(scalar(1)));
      }
    }
    cases.add(of("Gather", 13).in(x).in(longs(-1, 0, -4)));
    cases.add(of("Gather", 13).with("axis", -2).in(integers(0, 9, 4, 3)).in(longs(1, 1)));
    cases.add(of("Gather", 13).in(booleans(4, 3)).in(longs(1, 3)));
    for (int axis : new int[] {0, 1, 2, -1}) {
      cases.add(of("GatherElements", 11).with("axis", axis).in(x).in(integers(0, 3, 4, 3, 5)));
      cases.add(of("GatherElements", 13).with("axis", axis).in(x).in(integers(-3, 3, 2, 3, 1)));
    }
    cases.add(of("GatherND", 11).in(x).in(integers(0, 3, 6, 2)));
    cases.add(of("GatherND", 12).in(x).in(integers(-3, 3, 2, 2, 3)));
    cases.add(of("GatherND", 13).in(x).in(integers(0, 3, 2, 1)));
    cases.add(of("GatherND", 13).with("batch_dims", 1).in(x).in(integers(0, 3, 4, 1)));
    cases.add(of("GatherND", 13).with("batch_dims", 1).in(x).in(integers(0, 3, 4, 2, 2)));
    cases.add(of("GatherND", 13).with("batch_dims", 2).in(x).in(integers(0, 5, 4, 3, 1)));
    for (Integer axis : new Integer[] {null, 0, 1}) {
      for (int opset : new int[] {9, 11}) {
        cases.add(
            of("OneHot", opset)
                .with("axis", axis)
                .in(integers(-4, 4, 2, 3))
                .holds(scalar(4))
                .holds(floats(0.5, 2)));
        cases.add(
            of("OneHot", opset)
                .with("axis", axis)
                .in(integers(0, 9, 2, 3))
                .holds(longs(5))
                .holds(longs(0, 1)));
      }
    }
    cases.add(of("NonZero", 13).in(integers(0, 2, 3, 4)));
    cases.add(of("NonZero", 13).in(booleans(5)));
  }

  private static void scatters(List<OperatorCase> cases) {
    HostArray x = random(4, 3, 5);
    HostArray rows = longs(2, 0, 3);
    for (int axis : new int[] {0, 1, 2, -1}) {
      int along = axis < 0 ? 2 : axis;
      int[] extents = {2, 2, 2};
      extents[along] = 1;
      HostArray indices = integers(0, 3, extents);
      HostArray updates = random(extents);
      cases.add(of("ScatterElements", 11).with("axis", axis).in(x).in(indices).in(updates));
      cases.add(of("ScatterElements", 13).with("axis", axis).in(x).in(indices).in(updates));
      extents[along] = 4;
      for (String reduction : List.of("add", "mul", "max", "min")) {
        cases.add(
            of("ScatterElements", 18)
                .with("axis", axis)
                .with("reduction", reduction)
                .in(x)
                .in(integers(-3, 3, extents))
                .in(random(extents)));
      }
    }
    cases.add(
        of("ScatterElements", 16)
            .with("reduction", "add")
            .in(random(5))
            .in(longs(1, 1, -1))
            .in(random(3)));
    cases.add(of("Scatter", 9).with("axis", 0).in(random(5)).in(longs(1, 3)).in(random(2)));
    cases.add(
        of("ScatterElements", 13).in(integers(0, 9, 5)).in(longs(1, 3)).in(integers(0, 9, 2)));
    for (int opset : new int[] {11, 13}) {
      cases.add(of("ScatterND", opset).in(x).in(rows.reshape(Shape.of(3, 1))).in(random(3, 3, 5)));
      cases.add(
          of("ScatterND", opset)
              .in(x)
              .in(longs(0, 1, 3, -1).reshape(Shape.of(2, 2)))
              .in(random(2, 5)));
    }
    for (String reduction : List.of("add", "mul", "max", "min")) {
      cases.add(
          of("ScatterND", 18)
              .with("reduction", reduction)
              .in(x)
              .in(longs(1, 1, 2).reshape(Shape.of(3, 1)))
              .in(random(3, 3, 5)));
    }
  }
}
