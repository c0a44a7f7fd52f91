package io.github.trimaran.backend.nd4j;

/**
 * Copies between native memory and double arrays, converting: for kernels that compute in double
 * precision whatever the array holds.
 */
final class Values {

  private Values() {}

  /** Reads {@code count} elements from {@code start} into {@code target}, from its beginning. */
  static void read(Nd4jArray array, int start, double[] target, int count) {
    switch (array.dtype()) {
      case FLOAT64 -> array.doubles().get(start, target, 0, count);
      case FLOAT32 -> {
        float[] piece = Scratch.get().floats(3);
        for (int done = 0; done < count; done += Scratch.LENGTH) {
          int length = Math.min(Scratch.LENGTH, count - done);
          array.floats().get(start + done, piece, 0, length);
          for (int i = 0; i < length; i++) {
            target[done + i] = piece[i];
          }
        }
      }
      case INT64 -> {
        for (int i = 0; i < count; i++) {
          target[i] = array.longs().get(start + i);
        }
      }
      case BOOL -> {
        for (int i = 0; i < count; i++) {
          target[i] = array.bytes().get(start + i);
        }
      }
    }
  }

  /** Writes {@code count} elements to {@code start}; rounds, truncates or tests against 0. */
  static void write(double[] source, Nd4jArray array, int start, int count) {
    switch (array.dtype()) {
      case FLOAT64 -> array.doubles().put(start, source, 0, count);
      case FLOAT32 -> {
        float[] piece = Scratch.get().floats(3);
        for (int done = 0; done < count; done += Scratch.LENGTH) {
          int length = Math.min(Scratch.LENGTH, count - done);
          for (int i = 0; i < length; i++) {
            piece[i] = (float) source[done + i];
          }
          array.floats().put(start + done, piece, 0, length);
        }
      }
      case INT64 -> {
        for (int i = 0; i < count; i++) {
          array.longs().put(start + i, (long) source[i]);
        }
      }
      case BOOL -> {
        for (int i = 0; i < count; i++) {
          array.bytes().put(start + i, source[i] != 0 ? (byte) 1 : 0);
        }
      }
    }
  }
}
