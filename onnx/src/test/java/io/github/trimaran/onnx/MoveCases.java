package io.github.trimaran.onnx;

import static io.github.trimaran.onnx.OperatorCase.booleans;
import static io.github.trimaran.onnx.OperatorCase.integers;
import static io.github.trimaran.onnx.OperatorCase.longs;
import static io.github.trimaran.onnx.OperatorCase.of;
import static io.github.trimaran.onnx.OperatorCase.random;
import static io.github.trimaran.onnx.OperatorCase.scalar;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.List;

/** Shapes, slices, padding, joins, constants. */
final class MoveCases {

  private MoveCases() {}

  static void add(List<OperatorCase> cases) {
    shapes(cases);
    slices(cases);
    pads(cases);
    joins(cases);
    constants(cases);
  }

  private static int[] ints(int... values) {
    return values;
  }

  private static void shapes(List<OperatorCase> cases) {
    HostArray x = random(2, 3, 4);
    for (int opset : new int[] {7, 13, 14}) {
      for (HostArray shape : List.of(longs(6, 4), longs(-1, 2), longs(0, -1), longs(2, 0, 2, 2))) {
        cases.add(of("Reshape", opset).in(x).holds(shape));
      }
      cases.add(of("Reshape", opset).in(x).in(longs(4, 6)));
    }
    cases.add(of("Reshape", 14).with("allowzero", 1).in(random(0, 3)).holds(longs(3, 0)));
    for (int opset : new int[] {9, 13}) {
      for (Integer axis : new Integer[] {null, 0, 1, 2, 3}) {
        cases.add(of("Flatten", opset).with("axis", axis).in(x));
      }
    }
    cases.add(of("Flatten", 13).with("axis", -1).in(x));
    HostArray thin = random(1, 3, 1, 4);
    for (int[] axes : new int[][] {null, {0}, {2}, {0, 2}}) {
      cases.add(of("Squeeze", 7).with("axes", axes).in(thin));
    }
    cases.add(of("Squeeze", 11).with("axes", ints(-2)).in(thin));
    cases.add(of("Squeeze", 13).in(thin));
    cases.add(of("Squeeze", 13).in(thin).holds(longs(0, 2)));
    cases.add(of("Squeeze", 13).in(thin).holds(longs(-2)));
    for (int[] axes : new int[][] {{0}, {1, 3}, {4, 0}}) {
      cases.add(of("Unsqueeze", 7).with("axes", axes).in(x));
    }
    cases.add(of("Unsqueeze", 13).in(x).holds(longs(0, 4)));
    cases.add(of("Unsqueeze", 13).in(x).holds(longs(-1)));
    for (int opset : new int[] {7, 13}) {
      cases.add(of("Transpose", opset).in(x));
      cases.add(of("Transpose", opset).with("perm", ints(1, 0, 2)).in(x));
      cases.add(of("Transpose", opset).with("perm", ints(2, 0, 1)).in(integers(0, 9, 2, 3, 4)));
      cases.add(of("Transpose", opset).with("perm", ints(0, 2, 1)).in(booleans(2, 3, 4)));
    }
    cases.add(of("Expand", 8).in(random(3, 1)).holds(longs(2, 3, 4)));
    cases.add(of("Expand", 13).in(random(3, 4)).holds(longs(1, 4)));
    cases.add(of("Expand", 13).in(integers(0, 5, 1)).in(longs(2, 2)));
    for (int opset : new int[] {7, 13}) {
      cases.add(of("Tile", opset).in(x).holds(longs(1, 2, 3)));
      cases.add(of("Tile", opset).in(integers(0, 5, 2, 2)).in(longs(2, 1)));
    }
    for (String mode : new String[] {null, "DCR", "CRD"}) {
      cases.add(
          of("DepthToSpace", 11).with("blocksize", 2).with("mode", mode).in(random(2, 8, 3, 2)));
      cases.add(
          of("DepthToSpace", 13).with("blocksize", 3).with("mode", mode).in(random(1, 9, 2, 2)));
    }
    cases.add(of("SpaceToDepth", 13).with("blocksize", 2).in(random(2, 3, 4, 6)));
    for (int upper : new int[] {0, 1}) {
      for (Long k : new Long[] {null, 1L, -1L, 5L}) {
        cases.add(
            of("Trilu", 14)
                .with("upper", upper)
                .in(random(2, 3, 4))
                .holds(k == null ? null : scalar(k)));
      }
      cases.add(of("Trilu", 14).with("upper", upper).in(integers(1, 9, 4, 3)));
    }
  }

  private static void slices(List<OperatorCase> cases) {
    HostArray x = random(5, 6, 4);
    for (int[][] range :
        new int[][][] {{{1}, {4}, null}, {{1, 0}, {-1, 99}, {0, 2}}, {{-3}, {99}, {1}}}) {
      cases.add(
          of("Slice", 7)
              .with("starts", range[0])
              .with("ends", range[1])
              .with("axes", range[2])
              .in(x));
    }
    for (int opset : new int[] {10, 13}) {
      cases.add(of("Slice", opset).in(x).holds(longs(1, 2)).holds(longs(4, 5)));
      cases.add(of("Slice", opset).in(x).holds(longs(-2)).holds(longs(99)).holds(longs(1)));
      cases.add(
          of("Slice", opset).in(x).holds(longs(0)).holds(longs(6)).holds(longs(1)).holds(longs(2)));
      cases.add(
          of("Slice", opset)
              .in(x)
              .holds(longs(-1))
              .holds(longs(-99))
              .holds(longs(1))
              .holds(longs(-1)));
      cases.add(
          of("Slice", opset)
              .in(x)
              .holds(longs(4))
              .holds(longs(0))
              .holds(longs(-3 + 3))
              .holds(longs(-2)));
      cases.add(
          of("Slice", opset)
              .in(x)
              .holds(longs(3, 5))
              .holds(longs(0, Long.MIN_VALUE))
              .holds(longs(2, 1))
              .holds(longs(-1, -2)));
      cases.add(of("Slice", opset).in(x).holds(longs(4)).holds(longs(2)).holds(longs(0)));
      cases.add(
          of("Slice", opset)
              .in(x)
              .holds(longs(1))
              .holds(longs(Long.MAX_VALUE))
              .holds(longs(-1))
              .holds(longs(3)));
    }
    for (int opset : new int[] {7, 11}) {
      cases.add(of("Split", opset).with("axis", 1).in(x).outputs(2));
      cases.add(of("Split", opset).with("axis", 2).with("split", ints(1, 3)).in(x).outputs(2));
    }
    cases.add(of("Split", 13).with("axis", 1).in(x).holds(longs(1, 2, 3)).outputs(3));
    cases.add(of("Split", 13).with("axis", -1).in(x).outputs(4));
    cases.add(of("Split", 18).with("axis", 0).with("num_outputs", 2).in(x).outputs(2));
    cases.add(of("Split", 18).with("axis", 1).with("num_outputs", 4).in(random(2, 7)).outputs(4));
  }

  private static void pads(List<OperatorCase> cases) {
    HostArray x = random(2, 3, 4);
    for (String mode : new String[] {null, "constant", "reflect", "edge"}) {
      cases.add(of("Pad", 7).with("mode", mode).with("pads", ints(0, 1, 2, 0, 2, 3)).in(x));
      for (int opset : new int[] {11, 13, 18}) {
        cases.add(of("Pad", opset).with("mode", mode).in(x).holds(longs(1, 0, 3, 0, 2, 1)));
      }
      cases.add(of("Pad", 13).with("mode", mode).in(x).in(longs(0, 0, 2, 0, 0, 1)));
    }
    cases.add(of("Pad", 7).with("pads", ints(0, 1, 0, 0, 0, 1)).with("value", 1.5).in(x));
    cases.add(of("Pad", 11).in(x).holds(longs(0, 1, 0, 0, 0, 1)).holds(scalar(-2.5)));
    cases.add(of("Pad", 13).in(x).holds(longs(0, -1, 1, 0, 0, -2)));
    cases.add(of("Pad", 13).in(integers(0, 9, 2, 3)).holds(longs(1, 0, 0, 1)).holds(scalar(7)));
    cases.add(of("Pad", 18).in(x).holds(longs(1, 2)).holds(scalar(3.0)).holds(longs(2)));
    cases.add(of("Pad", 18).in(x).holds(longs(1, 2, 0, 1)).holds(null).holds(longs(-1, 0)));
    cases.add(of("Pad", 19).with("mode", "wrap").in(x).holds(longs(1, 0, 3, 0, 2, 1)));
    cases.add(
        of("Pad", 18).with("mode", "reflect").in(x).holds(longs(1, 2)).holds(null).holds(longs(2)));
  }

  private static void joins(List<OperatorCase> cases) {
    for (int axis : new int[] {0, 1, 2, -1}) {
      for (int opset : new int[] {11, 13}) {
        int along = axis < 0 ? 2 : axis;
        int[] other = {2, 3, 4};
        other[along] = 5;
        cases.add(of("Concat", opset).with("axis", axis).in(random(2, 3, 4)).in(random(other)));
      }
    }
    cases.add(of("Concat", 13).with("axis", 0).in(random(2, 3)));
    cases.add(
        of("Concat", 13).with("axis", 1).in(booleans(2, 3)).in(booleans(2, 1)).in(booleans(2, 2)));
    cases.add(of("Concat", 13).with("axis", 0).in(integers(0, 9, 2)).holds(integers(0, 9, 3)));
  }

  private static void constants(List<OperatorCase> cases) {
    cases.add(of("Constant", 9).with("value", random(2, 3)));
    cases.add(of("Constant", 13).with("value", integers(0, 9, 4)));
    cases.add(of("Constant", 13).with("value", booleans(4)));
    cases.add(of("Constant", 12).with("value_float", 1.5));
    cases.add(of("Constant", 12).with("value_int", 7));
    cases.add(of("Constant", 12).with("value_floats", new double[] {1.5, -2}));
    cases.add(of("Constant", 12).with("value_ints", ints(3, -1, 2)));
    cases.add(of("ConstantOfShape", 9).in(longs(2, 3)));
    cases.add(
        of("ConstantOfShape", 9)
            .with("value", HostArray.of(new float[] {2.5f}, Shape.of(1)))
            .in(longs(2, 3)));
    cases.add(of("ConstantOfShape", 9).with("value", longs(-7)).holds(longs(4)));
    cases.add(of("ConstantOfShape", 20).with("value", booleans(1)).holds(longs(80, 80)));
    cases.add(
        of("ConstantOfShape", 9)
            .with("value", HostArray.of(new float[] {0.5f}, Shape.of(1)))
            .holds(longs(80, 80)));
    cases.add(of("Shape", 13).in(random(2, 3, 4)));
    for (Integer start : new Integer[] {null, 1, -2}) {
      for (Integer end : new Integer[] {null, 2, -1, 9}) {
        cases.add(of("Shape", 15).with("start", start).with("end", end).in(random(2, 3, 4)));
      }
    }
    cases.add(of("Size", 13).in(random(2, 3, 4)));
    cases.add(of("Range", 11).holds(scalar(2)).holds(scalar(11)).holds(scalar(3)));
    cases.add(of("Range", 11).in(scalar(10)).in(scalar(0)).in(scalar(-3)));
    cases.add(of("Range", 11).holds(scalar(1.0)).holds(scalar(2.6)).holds(scalar(0.5)));
    cases.add(of("EyeLike", 9).in(random(3, 4)));
    cases.add(of("EyeLike", 9).with("k", 1).in(random(3, 4)));
    cases.add(of("EyeLike", 9).with("k", -1).with("dtype", 7).in(random(3, 4)));
    cases.add(of("Shape", 13).in(random(2, 3).to(DType.BOOL)));
  }
}
