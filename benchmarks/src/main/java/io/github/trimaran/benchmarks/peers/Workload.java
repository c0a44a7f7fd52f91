package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;

/**
 * What is trained: the three-layer network (convolution 7 x 7 with same padding, ReLU, 2 x 2 max
 * pooling, affine, ReLU, affine) on batches of 50 images, by Adam with a rate of 1e-3.
 *
 * @param channels of an image
 * @param side its height and width
 * @param hidden numbers between the affine maps
 */
record Workload(int channels, int side, int hidden) {

  static final int BATCH = 50;
  static final int FILTERS = 32;
  static final int KERNEL = 7;
  static final int CLASSES = 10;
  static final double RATE = 1e-3;
  static final double WEIGHT_SCALE = 1e-2;

  /** The shapes of that data set, {@code cifar} or {@code mnist}. */
  static Workload of(String data) {
    return switch (data) {
      case "cifar" -> new Workload(3, 32, 500);
      case "mnist" -> new Workload(1, 28, 100);
      default -> throw new IllegalArgumentException("no workload '" + data + "': cifar or mnist");
    };
  }

  /** Numbers that the pooled planes hold. */
  int features() {
    return FILTERS * (side / 2) * (side / 2);
  }

  /** A batch of random images. */
  float[] images() {
    return normal(1, BATCH * channels * side * side, 1);
  }

  /** Their random classes. */
  int[] labels() {
    Rng rng = Rng.seeded(2);
    int[] labels = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      labels[i] = rng.nextInt(CLASSES);
    }
    return labels;
  }

  /** The first weights of a layer. */
  static float[] weights(long seed, int size) {
    return normal(seed, size, WEIGHT_SCALE);
  }

  private static float[] normal(long seed, int size, double scale) {
    Rng rng = Rng.seeded(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (scale * rng.nextGaussian());
    }
    return values;
  }

  /** The images as an array {@code [N, C, H, W]}. */
  HostArray imageArray() {
    return HostArray.of(images(), Shape.of(BATCH, channels, side, side));
  }

  /** The classes as an array {@code [N]}. */
  HostArray labelArray() {
    long[] values = new long[BATCH];
    int[] labels = labels();
    for (int i = 0; i < BATCH; i++) {
      values[i] = labels[i];
    }
    return HostArray.of(values, Shape.of(BATCH));
  }
}
