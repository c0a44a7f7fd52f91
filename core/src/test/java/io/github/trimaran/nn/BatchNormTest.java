package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The running statistics of batch norm: when they move, are kept, saved and loaded. */
class BatchNormTest {

  private static final Mode TRAIN = Mode.train(Rng.seeded(1));

  private final NaiveBackend backend = new NaiveBackend();

  private <L extends Layer> L on(L layer) {
    layer.init(backend, DType.FLOAT64, Rng.seeded(1));
    return layer;
  }

  private Tensor column(double... values) {
    return Tensor.of(backend, values, values.length, 1);
  }

  private static double buffer(Model model, String name) {
    return model.buffers().get(name).toHost().get(0);
  }

  @Test
  void runningStatisticsMoveByTheMomentum() {
    BatchNorm2d layer = on(new BatchNorm2d(1).momentum(0.25).epsilon(0));
    Tensor x = Tensor.of(backend, new double[] {1, 3, 5, 7}, 2, 1, 1, 2);
    // Mean 4, biased variance 5, unbiased 20 / 3.
    double[] trained = layer.forward(x, TRAIN).toDoubles();
    double root = Math.sqrt(5);
    assertThat(trained)
        .containsExactly(new double[] {-3 / root, -1 / root, 1 / root, 3 / root}, within(1e-14));
    assertThat(buffer(layer, "running_mean")).isCloseTo(1, within(1e-14));
    double variance = 0.75 + 0.25 * 20 / 3;
    assertThat(buffer(layer, "running_var")).isCloseTo(variance, within(1e-14));
    assertThat(layer.forward(x).toDoubles()[3]).isCloseTo(6 / Math.sqrt(variance), within(1e-14));
  }

  @Test
  void theCumulativeAverageIsThatOfAllBatches() {
    BatchNorm1d layer = on(new BatchNorm1d(1).cumulativeAverage());
    layer.forward(column(1, 3), TRAIN);
    layer.forward(column(2, 6), TRAIN);
    layer.forward(column(5, 11), TRAIN);
    // Means 2, 4 and 8; unbiased variances 2, 8 and 18.
    assertThat(buffer(layer, "running_mean")).isCloseTo(14.0 / 3, within(1e-14));
    assertThat(buffer(layer, "running_var")).isCloseTo(28.0 / 3, within(1e-14));
    assertThat(buffer(layer, "num_batches_tracked")).isEqualTo(3);
  }

  @Test
  void aFrozenOneUsesAndKeepsItsStatisticsInTraining() {
    Sequential model = on(new Sequential(new BatchNorm1d(1), new Linear(1, 1)));
    model.forward(column(1, 3), TRAIN);
    model.part("0").freeze();
    StateDict before = model.stateDict();
    Tensor x = column(7, 2);
    assertThat(((BatchNorm1d) model.part("0")).forward(x, TRAIN).toHost())
        .isEqualTo(((BatchNorm1d) model.part("0")).forward(x).toHost());
    assertThat(model.stateDict()).isEqualTo(before);
    model.unfreeze();
    model.forward(x, TRAIN);
    assertThat(buffer(model, "0.num_batches_tracked")).isEqualTo(2);
  }

  @Test
  void noRowsAreNothingInEvaluation() {
    Tensor none = Tensor.zeros(backend, Shape.of(0, 3), DType.FLOAT64);
    assertThat(on(new BatchNorm1d(3)).forward(none).shape()).isEqualTo(Shape.of(0, 3));
    for (Layer layer : List.of(new LayerNorm(3), new RMSNorm(3), new GroupNorm(1, 3))) {
      assertThat(on(layer).forward(none).shape()).isEqualTo(Shape.of(0, 3));
    }
  }

  @Test
  void theCountIsAnInt64WhateverTheModelIs() {
    BatchNorm1d layer = on(new BatchNorm1d(1));
    layer.forward(column(1, 3), TRAIN);
    HostArray count = layer.stateDict().get("num_batches_tracked");
    assertThat(count).isEqualTo(HostArray.of(new long[] {1}, Shape.scalar()));
    layer.to(backend, DType.FLOAT32);
    assertThat(layer.stateDict().get("num_batches_tracked")).isEqualTo(count);
    BatchNorm1d copy = layer.copyTo(new BatchNorm1d(1));
    assertThat(copy.stateDict()).isEqualTo(layer.stateDict());
  }

  @Test
  void filesWithoutTheCountLoad() {
    BatchNorm1d layer = on(new BatchNorm1d(1));
    StateDict old = layer.stateDict().filter(name -> !name.equals("num_batches_tracked"));
    layer.forward(column(1, 3), TRAIN);
    layer.loadStateDict(old);
    assertThat(buffer(layer, "num_batches_tracked")).isZero();
    BatchNorm1d fresh = new BatchNorm1d(1);
    fresh.init(backend, DType.FLOAT32, old);
    assertThat(buffer(fresh, "num_batches_tracked")).isZero();
    layer.forward(column(1, 3), TRAIN);
    assertThat(layer.loadMatching(old).isComplete()).isTrue();
    assertThat(buffer(layer, "num_batches_tracked")).isEqualTo(1);
  }

  @Test
  void withoutRunningStatisticsThereIsNothingToSave() {
    BatchNorm1d layer = on(new BatchNorm1d(1).withoutAffine().withoutRunningStatistics());
    assertThat(layer.shapes()).isEqualTo(Map.of());
    assertThat(layer.forward(column(1, 3)).toHost())
        .isEqualTo(layer.forward(column(1, 3), TRAIN).toHost());
  }
}
