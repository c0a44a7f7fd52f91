package io.github.trimaran.backend.nd4j;

/**
 * Elementwise kernels in Java, for what ND4J lacks or answers differently. Each is three loops, one
 * a type, over heap arrays of one piece.
 */
final class Flat {

  /** {@code z = f(a, b)} on the first {@code count} elements; {@code b} is null for one operand. */
  interface Floats {
    void apply(float[] a, float[] b, float[] z, int count);
  }

  /** As {@link Floats}. */
  interface Doubles {
    void apply(double[] a, double[] b, double[] z, int count);
  }

  /** As {@link Floats}. */
  interface Longs {
    void apply(long[] a, long[] b, long[] z, int count);
  }

  /** A kernel; {@code longs} is null for functions of floats only. */
  record Kernel(Floats floats, Doubles doubles, Longs longs) {}

  private final Workers workers;

  Flat(Workers workers) {
    this.workers = workers;
  }

  /** Applies a kernel of one operand ({@code b} null) or two of the result's size. */
  void apply(Kernel kernel, Nd4jArray a, Nd4jArray b, Nd4jArray z) {
    workers.ranges(
        z.size(),
        Scratch.GRAIN,
        (start, end) -> {
          for (int at = start; at < end; at += Scratch.LENGTH) {
            piece(kernel, a, b, z, at, Math.min(Scratch.LENGTH, end - at));
          }
        });
  }

  private static void piece(
      Kernel kernel, Nd4jArray a, Nd4jArray b, Nd4jArray z, int at, int count) {
    Scratch scratch = Scratch.get();
    switch (z.dtype()) {
      case FLOAT32 -> {
        float[] x = scratch.floats(0);
        float[] y = scratch.floats(1);
        a.floats().get(at, x, 0, count);
        if (b != null) {
          b.floats().get(at, y, 0, count);
        }
        kernel.floats().apply(x, y, x, count);
        z.floats().put(at, x, 0, count);
      }
      case FLOAT64 -> {
        double[] x = scratch.doubles(0);
        double[] y = scratch.doubles(1);
        a.doubles().get(at, x, 0, count);
        if (b != null) {
          b.doubles().get(at, y, 0, count);
        }
        kernel.doubles().apply(x, y, x, count);
        z.doubles().put(at, x, 0, count);
      }
      case INT64 -> {
        long[] x = scratch.longs(0);
        long[] y = scratch.longs(1);
        a.longs().get(at, x, 0, count);
        if (b != null) {
          b.longs().get(at, y, 0, count);
        }
        kernel.longs().apply(x, y, x, count);
        z.longs().put(at, x, 0, count);
      }
      case BOOL -> throw new IllegalArgumentException("nd4j: no arithmetic on bool");
    }
  }
}
