package io.github.trimaran.onnx.ops;

import io.github.trimaran.tensor.Tensor;

/**
 * How values between those of an axis are found.
 *
 * @param mode nearest, linear or cubic
 * @param coordinates how a place of the result is one of the input: ONNX's
 *     coordinate_transformation_mode
 * @param rounding to the nearest place: ONNX's nearest_mode; "simple" is that of version 10, whose
 *     description leaves it open: up where the result is smaller, else down, as ONNX Runtime does
 * @param cubic the coefficient a of the cubic kernel (Keys 1981)
 * @param excluding whether places outside have no weight; else they are those at the edge
 */
record Interpolant(
    String mode, String coordinates, String rounding, double cubic, boolean excluding) {

  static Interpolant of(Call call, String coordinates, String rounding) {
    return new Interpolant(
        call.node().text("mode", "nearest"),
        coordinates,
        rounding,
        call.node().number("cubic_coeff_a", -0.75f),
        call.node().flag("exclude_outside", false));
  }

  Tensor along(Tensor x, int axis, int length, float scale) {
    int extent = x.shape().dim(axis);
    if (mode.equals("nearest")) {
      long[] places = new long[length];
      for (int i = 0; i < length; i++) {
        float place = place(i, extent, length, scale);
        places[i] = Math.max(0, Math.min(rounded(place, scale), extent - 1));
      }
      return Along.select(x, axis, places);
    }
    double[][] weights = new double[length][extent];
    for (int i = 0; i < length; i++) {
      float place = place(i, extent, length, scale);
      if (mode.equals("linear")) {
        linear(weights[i], place);
      } else {
        cubic(weights[i], place);
      }
    }
    return Along.weighted(x, axis, weights);
  }

  private float place(int i, int extent, int length, float scale) {
    return switch (coordinates) {
      case "asymmetric" -> i / scale;
      case "align_corners" -> length == 1 ? 0 : i * (float) (extent - 1) / (length - 1);
      case "pytorch_half_pixel" -> length > 1 ? (i + 0.5f) / scale - 0.5f : 0;
      case "tf_half_pixel_for_nn" -> (i + 0.5f) / scale;
      case "half_pixel_symmetric" -> {
        float adjustment = length / (scale * extent);
        yield extent / 2f * (1 - adjustment) + (i + 0.5f) / scale - 0.5f;
      }
      default -> (i + 0.5f) / scale - 0.5f;
    };
  }

  private int rounded(float place, float scale) {
    return switch (rounding) {
      case "simple" -> (int) (scale < 1 ? Math.ceil(place) : Math.floor(place));
      case "floor" -> (int) Math.floor(place);
      case "ceil" -> (int) Math.ceil(place);
      case "round_prefer_ceil" -> (int) Math.floor(place + 0.5f);
      default -> (int) Math.ceil(place - 0.5f);
    };
  }

  private static void linear(double[] weights, float place) {
    float inside = Math.max(0, Math.min(place, weights.length - 1));
    int before = (int) inside;
    int after = Math.min(before + 1, weights.length - 1);
    weights[before] += 1 - (inside - before);
    weights[after] += inside - before;
  }

  private void cubic(double[] weights, float place) {
    int before = (int) Math.floor(place);
    double sum = 0;
    for (int i = before - 1; i <= before + 2; i++) {
      boolean outside = i < 0 || i >= weights.length;
      double weight = outside && excluding ? 0 : kernel(Math.abs(place - i));
      weights[Math.max(0, Math.min(i, weights.length - 1))] += weight;
      sum += weight;
    }
    if (excluding) {
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= sum;
      }
    }
  }

  private double kernel(double x) {
    double a = cubic;
    return x <= 1
        ? ((a + 2) * x - (a + 3)) * x * x + 1
        : x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
  }
}
