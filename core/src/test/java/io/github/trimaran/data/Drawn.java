package io.github.trimaran.data;

import io.github.trimaran.array.Shape;
import java.util.List;

/** Small datasets whose every value says where it belongs. */
final class Drawn {

  static final DataSource SOURCE = DataSource.embedded("numbers");
  static final List<String> CLASSES = List.of("even", "odd");

  private Drawn() {}

  /** {@code n} images [2, 3, 4]; value i of image k is {@code k + i / 100}; label k modulo 2. */
  static Dataset floats(int n) {
    float[] values = new float[n * 24];
    int[] labels = new int[n];
    for (int k = 0; k < n; k++) {
      labels[k] = k % 2;
      for (int i = 0; i < 24; i++) {
        values[k * 24 + i] = k + i / 100f;
      }
    }
    return Dataset.ofFloats(SOURCE, CLASSES, Shape.of(2, 3, 4), values, labels);
  }

  /** Images [1, 1, 1] of one byte each. */
  static Dataset bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Dataset.ofBytes(SOURCE, CLASSES, Shape.of(1, 1, 1), bytes, new int[values.length]);
  }
}
