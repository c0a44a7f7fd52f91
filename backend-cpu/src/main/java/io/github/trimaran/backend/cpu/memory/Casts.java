package io.github.trimaran.backend.cpu.memory;

/** Conversions between element types, each direct so that it rounds only once. */
public final class Casts {

  private Casts() {}

  /**
   * Converts elements {@code from} to {@code to - 1} to the type of {@code target}, another one.
   */
  public static void convert(Object source, Object target, int from, int to) {
    if (source instanceof float[] floats) {
      convert(floats, target, from, to);
    } else if (source instanceof double[] doubles) {
      convert(doubles, target, from, to);
    } else if (source instanceof long[] longs) {
      convert(longs, target, from, to);
    } else {
      convert((boolean[]) source, target, from, to);
    }
  }

  private static void convert(float[] source, Object target, int from, int to) {
    if (target instanceof double[] doubles) {
      for (int i = from; i < to; i++) {
        doubles[i] = source[i];
      }
    } else if (target instanceof long[] longs) {
      for (int i = from; i < to; i++) {
        longs[i] = (long) source[i];
      }
    } else {
      boolean[] booleans = (boolean[]) target;
      for (int i = from; i < to; i++) {
        booleans[i] = source[i] != 0;
      }
    }
  }

  private static void convert(double[] source, Object target, int from, int to) {
    if (target instanceof float[] floats) {
      for (int i = from; i < to; i++) {
        floats[i] = (float) source[i];
      }
    } else if (target instanceof long[] longs) {
      for (int i = from; i < to; i++) {
        longs[i] = (long) source[i];
      }
    } else {
      boolean[] booleans = (boolean[]) target;
      for (int i = from; i < to; i++) {
        booleans[i] = source[i] != 0;
      }
    }
  }

  private static void convert(long[] source, Object target, int from, int to) {
    if (target instanceof float[] floats) {
      for (int i = from; i < to; i++) {
        floats[i] = (float) source[i];
      }
    } else if (target instanceof double[] doubles) {
      for (int i = from; i < to; i++) {
        doubles[i] = (double) source[i];
      }
    } else {
      boolean[] booleans = (boolean[]) target;
      for (int i = from; i < to; i++) {
        booleans[i] = source[i] != 0;
      }
    }
  }

  private static void convert(boolean[] source, Object target, int from, int to) {
    if (target instanceof float[] floats) {
      for (int i = from; i < to; i++) {
        floats[i] = source[i] ? 1 : 0;
      }
    } else if (target instanceof double[] doubles) {
      for (int i = from; i < to; i++) {
        doubles[i] = source[i] ? 1 : 0;
      }
    } else {
      long[] longs = (long[]) target;
      for (int i = from; i < to; i++) {
        longs[i] = source[i] ? 1 : 0;
      }
    }
  }
}
