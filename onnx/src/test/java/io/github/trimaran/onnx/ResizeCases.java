package io.github.trimaran.onnx;

import static io.github.trimaran.onnx.OperatorCase.floats;
import static io.github.trimaran.onnx.OperatorCase.longs;
import static io.github.trimaran.onnx.OperatorCase.of;
import static io.github.trimaran.onnx.OperatorCase.random;

import io.github.trimaran.array.HostArray;
import java.util.List;

/** Other sizes. */
final class ResizeCases {

  private ResizeCases() {}

  static void add(List<OperatorCase> cases) {
    HostArray x = random(1, 2, 4, 5);
    for (String mode : List.of("nearest", "linear")) {
      cases.add(
          of("Upsample", 7).with("mode", mode).with("scales", new double[] {1, 1, 2, 3}).in(x));
      cases.add(of("Upsample", 9).with("mode", mode).in(x).holds(floats(1, 1, 2, 1.5)));
      cases.add(of("Resize", 10).with("mode", mode).in(x).holds(floats(1, 1, 2, 0.6)));
      cases.add(of("Resize", 10).with("mode", mode).in(x).holds(floats(1, 1, 1.7, 2)));
    }
    for (String coordinates :
        List.of("half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric")) {
      for (int opset : new int[] {11, 13, 19}) {
        for (double[] scales : new double[][] {{1, 1, 2, 2}, {1, 1, 0.5, 0.6}, {1, 1, 1.5, 2.4}}) {
          cases.add(with(opset, coordinates, "linear", scales));
          cases.add(with(opset, coordinates, "nearest", scales));
          if (opset > 11) {
            cases.add(with(opset, coordinates, "cubic", scales));
          }
        }
      }
      for (String nearest : List.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil")) {
        cases.add(
            of("Resize", 13)
                .with("coordinate_transformation_mode", coordinates)
                .with("nearest_mode", nearest)
                .in(x)
                .holds(null)
                .holds(null)
                .holds(longs(1, 2, 7, 3)));
      }
      for (String mode : List.of("nearest", "linear", "cubic")) {
        cases.add(
            of("Resize", 13)
                .with("coordinate_transformation_mode", coordinates)
                .with("mode", mode)
                .in(x)
                .holds(floats())
                .holds(floats())
                .holds(longs(1, 2, 8, 3)));
      }
    }
    cases.add(with(19, "half_pixel_symmetric", "linear", new double[] {1, 1, 1.5, 2.3}));
    cases.add(with(11, "tf_half_pixel_for_nn", "nearest", new double[] {1, 1, 1.5, 2.3}));
    for (String policy : List.of("not_larger", "not_smaller", "stretch")) {
      cases.add(
          of("Resize", 18)
              .with("mode", "linear")
              .with("keep_aspect_ratio_policy", policy)
              .with("axes", new int[] {2, 3})
              .in(x)
              .holds(null)
              .holds(null)
              .holds(longs(7, 8)));
    }
    cases.add(
        of("Resize", 18).with("axes", new int[] {3, 2}).in(x).holds(null).holds(floats(2, 3)));
    cases.add(
        with(13, "half_pixel", "cubic", new double[] {1, 1, 2, 0.8})
            .with("exclude_outside", 1)
            .with("cubic_coeff_a", -0.5));
  }

  private static OperatorCase with(int opset, String coordinates, String mode, double... scales) {
    return of("Resize", opset)
        .with("coordinate_transformation_mode", coordinates)
        .with("mode", mode)
        .in(random(1, 2, 4, 5))
        .holds(opset == 11 ? floats() : null)
        .holds(floats(scales));
  }
}
