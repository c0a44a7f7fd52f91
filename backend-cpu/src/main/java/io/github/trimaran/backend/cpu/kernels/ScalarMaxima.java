package io.github.trimaran.backend.cpu.kernels;

/**
 * {@link Maxima} in plain Java: each stretch is copied first, for loops that the JIT vectorises.
 */
final class ScalarMaxima implements Maxima {

  @Override
  public void largest(float[] source, int from, int step, int count, float[] out, int width) {
    System.arraycopy(source, from, out, 0, width);
    float[] stretch = new float[width];
    for (int i = 1; i < count; i++) {
      System.arraycopy(source, from + i * step, stretch, 0, width);
      for (int x = 0; x < width; x++) {
        out[x] = Math.max(out[x], stretch[x]);
      }
    }
  }
}
