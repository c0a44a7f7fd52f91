package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.benchmarks.cost.Workload;
import io.github.trimaran.random.Rng;

/**
 * What a training step of ResNet-18 works on: random images and classes, by SGD with momentum as in
 * its paper.
 *
 * @param size height and width of an image; up to 32 the network is {@link ResNet18#small}
 * @param batch how many
 */
record ResNetWork(int size, int batch) {

  static final int CLASSES = 1000;
  static final double RATE = 1e-3;
  static final double MOMENTUM = 0.9;

  boolean isSmall() {
    return size <= 32;
  }

  float[] images() {
    return Workload.normal(1, batch * 3 * size * size, 1);
  }

  long[] labels() {
    Rng rng = Rng.seeded(2);
    long[] labels = new long[batch];
    for (int i = 0; i < batch; i++) {
      labels[i] = rng.nextInt(CLASSES);
    }
    return labels;
  }
}
