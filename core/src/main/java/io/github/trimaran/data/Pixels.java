package io.github.trimaran.data;

/** The values of many images of one size, one after the other. */
sealed interface Pixels {

  /** The number of values in all. */
  int length();

  /** Copies {@code count} values from {@code start} on as floats. */
  void copy(int start, int count, float[] target, int offset);

  /** Values 0 to 255, one byte each: a quarter of the memory. */
  record Bytes(byte[] values) implements Pixels {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public void copy(int start, int count, float[] target, int offset) {
      for (int i = 0; i < count; i++) {
        target[offset + i] = values[start + i] & 0xFF;
      }
    }
  }

  /** Any values. */
  record Floats(float[] values) implements Pixels {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public void copy(int start, int count, float[] target, int offset) {
      System.arraycopy(values, start, target, offset, count);
    }
  }
}
