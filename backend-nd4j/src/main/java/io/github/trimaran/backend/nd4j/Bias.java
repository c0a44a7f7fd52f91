package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.DType;

/** Adds a bias in place, and applies ReLU in the same pass. */
final class Bias {

  private Bias() {}

  /** On {@code [outer, channels, inner]} with {@code bias [channels]}. */
  static void add(
      Workers workers,
      Nd4jArray out,
      Nd4jArray bias,
      boolean relu,
      int outer,
      int channels,
      int inner) {
    if (inner == 1) {
      workers.ranges(
          outer,
          Math.max(1, Scratch.GRAIN / channels),
          (start, end) -> {
            for (int row = start; row < end; row++) {
              addRow(out, row * channels, bias, relu, channels);
            }
          });
    } else {
      workers.ranges(
          outer * channels,
          Math.max(1, Scratch.GRAIN / inner),
          (start, end) -> addPlanes(out, bias, relu, start, end, channels, inner));
    }
  }

  private static void addRow(Nd4jArray out, int start, Nd4jArray bias, boolean relu, int channels) {
    for (int at = 0; at < channels; at += Scratch.LENGTH) {
      int count = Math.min(Scratch.LENGTH, channels - at);
      if (out.dtype() == DType.FLOAT32) {
        float[] x = Scratch.get().floats(0);
        float[] b = Scratch.get().floats(1);
        out.floats().get(start + at, x, 0, count);
        bias.floats().get(at, b, 0, count);
        for (int i = 0; i < count; i++) {
          x[i] += b[i];
        }
        if (relu) {
          Kernels.RELU.floats().apply(x, null, x, count);
        }
        out.floats().put(start + at, x, 0, count);
      } else {
        double[] x = Scratch.get().doubles(0);
        double[] b = Scratch.get().doubles(1);
        out.doubles().get(start + at, x, 0, count);
        bias.doubles().get(at, b, 0, count);
        for (int i = 0; i < count; i++) {
          x[i] += b[i];
        }
        if (relu) {
          Kernels.RELU.doubles().apply(x, null, x, count);
        }
        out.doubles().put(start + at, x, 0, count);
      }
    }
  }

  /**
   * On this thread: planes {@code from} to below {@code to}, plane p of channel p modulo channels.
   */
  static void addPlanes(
      Nd4jArray out, Nd4jArray bias, boolean relu, int from, int to, int channels, int inner) {
    for (int plane = from; plane < to; plane++) {
      if (out.dtype() == DType.FLOAT32) {
        addPlane(out, plane * inner, bias.floats().get(plane % channels), relu, inner);
      } else {
        addPlane(out, plane * inner, bias.doubles().get(plane % channels), relu, inner);
      }
    }
  }

  private static void addPlane(Nd4jArray out, int start, float bias, boolean relu, int inner) {
    float[] x = Scratch.get().floats(0);
    for (int at = 0; at < inner; at += Scratch.LENGTH) {
      int count = Math.min(Scratch.LENGTH, inner - at);
      out.floats().get(start + at, x, 0, count);
      for (int i = 0; i < count; i++) {
        x[i] += bias;
      }
      if (relu) {
        Kernels.RELU.floats().apply(x, null, x, count);
      }
      out.floats().put(start + at, x, 0, count);
    }
  }

  private static void addPlane(Nd4jArray out, int start, double bias, boolean relu, int inner) {
    double[] x = Scratch.get().doubles(0);
    for (int at = 0; at < inner; at += Scratch.LENGTH) {
      int count = Math.min(Scratch.LENGTH, inner - at);
      out.doubles().get(start + at, x, 0, count);
      for (int i = 0; i < count; i++) {
        x[i] += bias;
      }
      if (relu) {
        Kernels.RELU.doubles().apply(x, null, x, count);
      }
      out.doubles().put(start + at, x, 0, count);
    }
  }
}
