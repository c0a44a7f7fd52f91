package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;
import java.util.Map;

/**
 * Other sizes: nearest, linear and cubic interpolation along one axis after the other. Places are
 * worked out in single precision, as others do, whose rounding decides between neighbours.
 */
final class Resizing {

  private Resizing() {}

  static void register(Map<String, Operator> all) {
    all.put("Upsample", Operator.of("mode:s=nearest|linear scales:fs", 1, 2, Resizing::upsample));
    all.put(
        "Resize",
        Operator.of(
            "antialias:i=0 axes:is coordinate_transformation_mode:s=half_pixel|half_pixel_symmetric"
                + "|pytorch_half_pixel|align_corners|asymmetric|tf_half_pixel_for_nn"
                + " cubic_coeff_a:f exclude_outside:i extrapolation_value:f"
                + " keep_aspect_ratio_policy:s=stretch|not_larger|not_smaller"
                + " mode:s=nearest|linear|cubic"
                + " nearest_mode:s=round_prefer_floor|round_prefer_ceil|floor|ceil",
            1,
            4,
            Resizing::resize));
  }

  private static Tensor upsample(Call call) {
    float[] scales = call.has(1) ? scales(call, 1) : call.node().floats("scales");
    return resized(call, Interpolant.of(call, "asymmetric", "floor"), scales, null);
  }

  private static float[] scales(Call call, int input) {
    double[] given = call.value(input).host().toDoubles();
    float[] scales = new float[given.length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = (float) given[i];
    }
    return scales;
  }

  /** Version 10 has scales where later ones have the region of interest. */
  private static Tensor resize(Call call) {
    if (call.opset() < 11) {
      return resized(call, Interpolant.of(call, "asymmetric", "simple"), scales(call, 1), null);
    }
    Interpolant how =
        Interpolant.of(
            call,
            call.node().text("coordinate_transformation_mode", "half_pixel"),
            call.node().text("nearest_mode", "round_prefer_floor"));
    boolean sized = call.has(3) && call.shape(3).size() > 0;
    return sized
        ? resized(call, how, null, call.longs(3))
        : resized(call, how, scales(call, 2), null);
  }

  private static Tensor resized(Call call, Interpolant how, float[] scales, long[] sizes) {
    Tensor x = call.tensor(0);
    int rank = x.shape().rank();
    int[] axes = call.axes(call.node().has("axes") ? call.node().integers("axes") : null, rank);
    if ((scales == null ? sizes.length : scales.length) != axes.length) {
      throw call.error("a size is needed for each axis of " + x.shape());
    }
    float kept = scales == null ? keptRatio(call, x.shape(), axes, sizes) : 0;
    Tensor y = x;
    for (int i = 0; i < axes.length; i++) {
      int extent = x.shape().dim(axes[i]);
      float scale = scales != null ? scales[i] : kept > 0 ? kept : (float) sizes[i] / extent;
      long size =
          scales != null
              ? (long) Math.floor(extent * scale)
              : kept > 0 ? Math.round((double) kept * extent) : sizes[i];
      if (!(scale > 0) || size < 1) {
        throw call.error("axis " + axes[i] + " would have the size " + size);
      }
      int length = Shape.result("Resize", size).dim(0);
      if (length != extent || scale != 1) {
        y = how.along(y, axes[i], length, scale);
      }
    }
    return y;
  }

  /** The one scale of all axes where their ratio is to be kept; else 0. */
  private static float keptRatio(Call call, Shape shape, int[] axes, long... sizes) {
    String policy = call.node().text("keep_aspect_ratio_policy", "stretch");
    if (policy.equals("stretch")) {
      return 0;
    }
    boolean larger = policy.equals("not_smaller");
    float kept = larger ? 0 : Float.MAX_VALUE;
    for (int i = 0; i < axes.length; i++) {
      float scale = (float) sizes[i] / shape.dim(axes[i]);
      kept = larger ? Math.max(kept, scale) : Math.min(kept, scale);
    }
    return kept;
  }
}
