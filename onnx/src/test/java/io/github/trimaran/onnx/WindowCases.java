package io.github.trimaran.onnx;

import static io.github.trimaran.onnx.OperatorCase.between;
import static io.github.trimaran.onnx.OperatorCase.of;
import static io.github.trimaran.onnx.OperatorCase.random;

import java.util.List;

/** Convolutions and pools. */
final class WindowCases {

  private WindowCases() {}

  static void add(List<OperatorCase> cases) {
    convolutions(cases);
    transposed(cases);
    pools(cases);
    planePools(cases);
  }

  private static int[] ints(int... values) {
    return values;
  }

  private static void convolutions(List<OperatorCase> cases) {
    for (int opset : new int[] {7, 11}) {
      for (int[] strides : new int[][] {null, {2, 1}}) {
        for (int[] dilations : new int[][] {null, {1, 2}}) {
          for (int[] pads : new int[][] {null, {1, 1, 1, 1}, {0, 1, 2, 3}}) {
            cases.add(
                of("Conv", opset)
                    .with("strides", strides)
                    .with("dilations", dilations)
                    .with("pads", pads)
                    .in(random(2, 4, 7, 8))
                    .holds(between(-1, 1, 6, 4, 3, 2))
                    .holds(random(6)));
          }
        }
      }
      for (String auto : List.of("SAME_UPPER", "SAME_LOWER", "VALID", "NOTSET")) {
        for (int[] strides : new int[][] {null, {2, 3}}) {
          cases.add(
              of("Conv", opset)
                  .with("auto_pad", auto)
                  .with("strides", strides)
                  .in(random(1, 2, 7, 8))
                  .in(random(3, 2, 4, 3)));
        }
      }
      cases.add(
          of("Conv", opset)
              .with("group", 2)
              .with("kernel_shape", ints(3, 3))
              .in(random(1, 4, 6, 6))
              .holds(random(6, 2, 3, 3)));
      cases.add(
          of("Conv", opset).with("group", 4).in(random(1, 4, 6, 6)).holds(random(4, 1, 3, 3)));
      cases.add(of("Conv", opset).in(random(2, 3, 9)).holds(random(4, 3, 3)).holds(random(4)));
      cases.add(
          of("Conv", opset)
              .with("strides", ints(2))
              .with("dilations", ints(2))
              .with("pads", ints(2, 1))
              .in(random(2, 3, 9))
              .holds(random(4, 3, 3)));
      cases.add(
          of("Conv", opset)
              .in(random(1, 2, 4, 5, 6))
              .holds(random(3, 2, 2, 3, 3))
              .holds(random(3)));
      cases.add(
          of("Conv", opset)
              .with("strides", ints(1, 2, 1))
              .with("dilations", ints(2, 1, 1))
              .with("pads", ints(1, 0, 1, 1, 2, 0))
              .with("group", 2)
              .in(random(1, 2, 4, 5, 6))
              .holds(random(4, 1, 2, 3, 3)));
    }
  }

  private static void transposed(List<OperatorCase> cases) {
    for (int opset : new int[] {7, 11}) {
      for (int[] strides : new int[][] {null, {2, 3}}) {
        for (int[] pads : new int[][] {null, {1, 0, 1, 2}}) {
          for (int[] more : new int[][] {null, {1, 2}}) {
            if (strides == null && more != null) {
              continue; // Padding of the output must be below the stride.
            }
            cases.add(
                of("ConvTranspose", opset)
                    .with("strides", strides)
                    .with("pads", pads)
                    .with("output_padding", more)
                    .in(random(2, 4, 5, 4))
                    .holds(random(4, 3, 3, 4))
                    .holds(random(3)));
          }
        }
      }
      cases.add(
          of("ConvTranspose", opset)
              .with("group", 2)
              .with("dilations", ints(2, 1))
              .in(random(1, 4, 5, 4))
              .holds(random(4, 3, 2, 3)));
      for (String auto : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
        cases.add(
            of("ConvTranspose", opset)
                .with("auto_pad", auto)
                .with("strides", ints(2, 2))
                .in(random(1, 2, 4, 5))
                .holds(random(2, 3, 3, 3)));
      }
      cases.add(
          of("ConvTranspose", opset)
              .with("output_shape", ints(9, 10))
              .with("strides", ints(2, 2))
              .in(random(1, 2, 4, 5))
              .holds(random(2, 3, 3, 3)));
      cases.add(
          of("ConvTranspose", opset)
              .with("strides", ints(2))
              .with("pads", ints(1, 0))
              .in(random(2, 3, 5))
              .holds(random(3, 2, 3)));
    }
  }

  /** Windows that core's plane pools have none of, and those of one and three axes. */
  private static void pools(List<OperatorCase> cases) {
    for (String operator : List.of("MaxPool", "AveragePool")) {
      for (int ceil : new int[] {0, 1}) {
        cases.add(
            of(operator, 11)
                .with("kernel_shape", ints(3))
                .with("ceil_mode", ceil)
                .in(random(2, 3, 9)));
        cases.add(
            of(operator, 11)
                .with("kernel_shape", ints(3))
                .with("strides", ints(2))
                .with("pads", ints(1, 1))
                .with("ceil_mode", ceil)
                .in(random(2, 3, 10)));
        cases.add(
            of(operator, 11)
                .with("kernel_shape", ints(2, 3, 2))
                .with("strides", ints(2, 2, 1))
                .with("pads", ints(0, 1, 1, 1, 1, 0))
                .with("ceil_mode", ceil)
                .in(random(1, 2, 5, 6, 4)));
        cases.add(
            of(operator, 11)
                .with("kernel_shape", ints(3, 2))
                .with("strides", ints(2, 1))
                .with("pads", ints(0, 1, 2, 0))
                .with("ceil_mode", ceil)
                .in(random(1, 2, 7, 8)));
      }
      cases.add(
          of(operator.equals("MaxPool") ? "GlobalMaxPool" : "GlobalAveragePool", 7)
              .in(random(2, 3, 4, 5)));
      cases.add(
          of(operator.equals("MaxPool") ? "GlobalMaxPool" : "GlobalAveragePool", 7)
              .in(random(2, 3, 6)));
      for (String auto : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
        for (int[] strides : new int[][] {null, {2, 3}}) {
          cases.add(
              of(operator, 8)
                  .with("auto_pad", auto)
                  .with("kernel_shape", ints(3, 4))
                  .with("strides", strides)
                  .in(random(1, 2, 7, 8)));
        }
      }
    }
    for (int ceil : new int[] {0, 1}) {
      for (int[] pads : new int[][] {null, {1, 1, 1, 1}, {2, 0, 1, 2}}) {
        for (int[] dilations : new int[][] {{2, 1}, {2, 3}}) {
          cases.add(
              of("MaxPool", 12)
                  .with("kernel_shape", ints(3, 3))
                  .with("dilations", dilations)
                  .with("pads", pads)
                  .with("ceil_mode", ceil)
                  .in(random(1, 2, 9, 10)));
          for (int count : new int[] {0, 1}) {
            if (count == 1 && pads != null && pads[0] != pads[1]) {
              // ONNX Runtime takes the wrong one of four different pads for the end of an axis;
              // PoolTest has this by hand.
              continue;
            }
            cases.add(
                of("AveragePool", 19)
                    .with("kernel_shape", ints(3, 3))
                    .with("dilations", dilations)
                    .with("pads", pads)
                    .with("ceil_mode", ceil)
                    .with("count_include_pad", count)
                    .in(random(1, 2, 9, 10)));
          }
        }
      }
    }
  }

  private static void planePools(List<OperatorCase> cases) {
    for (int ceil : new int[] {0, 1}) {
      for (int[] strides : new int[][] {null, {2, 2}, {3, 2}}) {
        for (int[] pads : new int[][] {null, {1, 1, 1, 1}}) {
          cases.add(
              of("MaxPool", 10)
                  .with("kernel_shape", ints(3, 2))
                  .with("strides", strides)
                  .with("pads", pads)
                  .with("ceil_mode", ceil)
                  .in(random(2, 3, 8, 9)));
          for (int count : new int[] {0, 1}) {
            // Before version 19 ONNX Runtime divides by what lies beyond the padding as well; the
            // description then leaves it open, and PyTorch, whose exports have it, does not.
            int opset = ceil == 1 && count == 1 ? 19 : 10;
            cases.add(
                of("AveragePool", opset)
                    .with("kernel_shape", ints(3, 2))
                    .with("strides", strides)
                    .with("pads", pads)
                    .with("ceil_mode", ceil)
                    .with("count_include_pad", count)
                    .in(random(2, 3, 8, 9)));
          }
        }
      }
    }
    for (int order : new int[] {0, 1}) {
      cases.add(
          of("MaxPool", 12)
              .with("kernel_shape", ints(2, 2))
              .with("strides", ints(2, 1))
              .with("storage_order", order)
              .in(random(2, 3, 6, 5))
              .outputs(2));
    }
    cases.add(of("MaxPool", 8).with("kernel_shape", ints(3)).in(random(2, 3, 9)).outputs(2));
  }
}
