package io.github.trimaran.benchmarks.cost;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;

/**
 * What is trained: the three-layer network (convolution 7 x 7 with same padding, ReLU, 2 x 2 max
 * pooling, affine, ReLU, affine), by Adam with a rate of 1e-3.
 *
 * @param channels of an image
 * @param side its height and width
 * @param hidden numbers between the affine maps
 * @param batch images of a step
 */
public record Workload(int channels, int side, int hidden, int batch) {

  /** Filters of the convolution. */
  public static final int FILTERS = 32;

  /** Their height and width. */
  public static final int KERNEL = 7;

  /** Scores of an image. */
  public static final int CLASSES = 10;

  /** The learning rate. */
  public static final double RATE = 1e-3;

  /** The deviation of the first weights. */
  public static final double WEIGHT_SCALE = 1e-2;

  /** The shapes of that data set, {@code cifar} or {@code mnist}. */
  public static Workload of(String data, int batch) {
    return switch (data) {
      case "cifar" -> new Workload(3, 32, 500, batch);
      case "mnist" -> new Workload(1, 28, 100, batch);
      default -> throw new IllegalArgumentException("no workload '" + data + "': cifar or mnist");
    };
  }

  /** Numbers that the pooled planes hold. */
  public int features() {
    return FILTERS * (side / 2) * (side / 2);
  }

  /** A batch of random images. */
  public float[] images() {
    return normal(1, batch * channels * side * side, 1);
  }

  /** Their random classes. */
  public int[] labels() {
    Rng rng = Rng.seeded(2);
    int[] labels = new int[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = rng.nextInt(CLASSES);
    }
    return labels;
  }

  /** The first weights of a layer. */
  public static float[] weights(long seed, int size) {
    return normal(seed, size, WEIGHT_SCALE);
  }

  /** Normally distributed values around 0. */
  public static float[] normal(long seed, int size, double scale) {
    Rng rng = Rng.seeded(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (scale * rng.nextGaussian());
    }
    return values;
  }

  /** The images as an array {@code [N, C, H, W]}. */
  public HostArray imageArray() {
    return HostArray.of(images(), Shape.of(batch, channels, side, side));
  }

  /** The classes as an array {@code [N]}. */
  public HostArray labelArray() {
    long[] values = new long[batch];
    int[] labels = labels();
    for (int i = 0; i < batch; i++) {
      values[i] = labels[i];
    }
    return HostArray.of(values, Shape.of(batch));
  }
}
