package io.github.trimaran.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import io.github.trimaran.benchmarks.cost.Workload;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The step in DJL's operations, written by hand as an expert would: no blocks, no trainer, and Adam
 * as one loop over PyTorch's memory, since DJL's own goes over it a dozen times.
 */
final class DjlHandStep implements TrainingStep {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  /** A parameter and Adam's two moments. */
  private record Trained(NDArray value, float[] mean, float[] square) {

    static Trained of(NDArray value) {
      value.setRequiresGradient(true);
      int size = (int) value.size();
      return new Trained(value, new float[size], new float[size]);
    }
  }

  private final NDManager base = Djl.start();
  private final NDArray images;
  private final NDArray labels;
  private final Trained filters;
  private final Trained filterBias;
  private final Trained first;
  private final Trained firstBias;
  private final Trained second;
  private final Trained secondBias;
  private final Loss loss = Loss.softmaxCrossEntropyLoss();
  private int iteration;

  DjlHandStep(Workload workload) {
    images =
        base.create(
            workload.images(),
            new Shape(workload.batch(), workload.channels(), workload.side(), workload.side()));
    labels = base.create(workload.labels());
    filters = weight(5, Workload.FILTERS, workload.channels(), Workload.KERNEL, Workload.KERNEL);
    filterBias = bias(Workload.FILTERS);
    first = weight(6, workload.hidden(), workload.features());
    firstBias = bias(workload.hidden());
    second = weight(7, Workload.CLASSES, workload.hidden());
    secondBias = bias(Workload.CLASSES);
  }

  private Trained weight(long seed, long... shape) {
    return Trained.of(Djl.random(base, seed, Workload.WEIGHT_SCALE, new Shape(shape)));
  }

  private Trained bias(int size) {
    return Trained.of(base.zeros(new Shape(size)));
  }

  /** The scores of the batch. */
  private NDArray scores() {
    Shape unit = new Shape(1, 1);
    Shape two = new Shape(2, 2);
    Shape padding = new Shape(Workload.KERNEL / 2, Workload.KERNEL / 2);
    NDArray convolved =
        Conv2d.conv2d(images, filters.value(), filterBias.value(), unit, padding, unit, 1)
            .singletonOrThrow();
    NDArray pooled =
        Activation.relu(convolved).getNDArrayInternal().maxPool(two, two, new Shape(0, 0), false);
    NDArray features = pooled.reshape(pooled.getShape().get(0), -1);
    NDArray hidden =
        Activation.relu(
            Linear.linear(features, first.value(), firstBias.value()).singletonOrThrow());
    return Linear.linear(hidden, second.value(), secondBias.value()).singletonOrThrow();
  }

  @Override
  public double take() {
    double mean;
    try (NDManager manager = base.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      images.tempAttach(manager);
      labels.tempAttach(manager);
      NDArray value = loss.evaluate(new NDList(labels), new NDList(scores()));
      collector.backward(value);
      mean = value.getFloat();
    }
    iteration++;
    for (Trained one : List.of(filters, filterBias, first, firstBias, second, secondBias)) {
      update(one);
    }
    return mean;
  }

  private void update(Trained one) {
    float rate =
        (float)
            (Workload.RATE
                * Math.sqrt(1 - Math.pow(BETA2, iteration))
                / (1 - Math.pow(BETA1, iteration)));
    try (NDArray gradient = one.value().getGradient()) {
      FloatBuffer value = Djl.memory(one.value());
      FloatBuffer grad = Djl.memory(gradient);
      int size = one.mean().length;
      int parts = size < 10_000 ? 1 : Runtime.getRuntime().availableProcessors();
      IntStream.range(0, parts)
          .parallel()
          .forEach(
              part ->
                  adam(
                      value,
                      grad,
                      one,
                      rate,
                      (int) ((long) size * part / parts),
                      (int) ((long) size * (part + 1) / parts)));
    }
  }

  private static void adam(
      FloatBuffer value, FloatBuffer gradient, Trained one, float rate, int from, int to) {
    float[] mean = one.mean();
    float[] square = one.square();
    for (int i = from; i < to; i++) {
      float g = gradient.get(i);
      gradient.put(i, 0); // PyTorch adds the next gradient to what is there
      mean[i] = BETA1 * mean[i] + (1 - BETA1) * g;
      square[i] = BETA2 * square[i] + (1 - BETA2) * g * g;
      value.put(i, value.get(i) - rate * mean[i] / ((float) Math.sqrt(square[i]) + EPSILON));
    }
  }
}
