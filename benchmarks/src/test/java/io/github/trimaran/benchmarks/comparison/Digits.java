package io.github.trimaran.benchmarks.comparison;

import io.github.trimaran.data.Dataset;
import java.util.Arrays;

/**
 * Pictures of digits as plain Java arrays, which all libraries begin with.
 *
 * @param pixels 28 by 28 for each picture, from 0 to 1
 * @param labels one for each picture
 */
record Digits(float[] pixels, long[] labels) {

  static Digits of(Dataset images) {
    float[] pixels = new float[images.size() * 784];
    for (int i = 0; i < images.size(); i++) {
      images.copyImage(i, pixels, i * 784);
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] /= 255;
    }
    return new Digits(pixels, Arrays.stream(images.labels()).asLongStream().toArray());
  }

  /** The same pictures, to be told apart by other labels: even or odd. */
  Digits parity() {
    long[] remainders = labels.clone();
    for (int i = 0; i < remainders.length; i++) {
      remainders[i] %= 2;
    }
    return new Digits(pixels, remainders);
  }

  int size() {
    return labels.length;
  }

  float[] picture(int index) {
    float[] picture = new float[784];
    System.arraycopy(pixels, index * 784, picture, 0, 784);
    return picture;
  }
}
