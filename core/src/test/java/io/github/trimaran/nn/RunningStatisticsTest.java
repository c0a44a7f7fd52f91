package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import org.junit.jupiter.api.Test;

class RunningStatisticsTest {

  private static final NaiveBackend BACKEND = new NaiveBackend();

  /** Two batches of two channels. */
  private static final double[][] BATCHES = {{1, 10, 3, 30, 5, 20}, {2, 0, 8, 4}};

  private static Sequential network() {
    Sequential network =
        new Sequential(
            new BatchNorm1d(2).momentum(0.3), new Dropout(0.5), new BatchNorm1d(2).momentum(0));
    network.init(BACKEND, DType.FLOAT64, Rng.seeded(1));
    return network;
  }

  private static void measure(Sequential network) {
    RunningStatistics.measure(
        network,
        mode -> {
          for (double[] batch : BATCHES) {
            try (Scope scope = Scope.open()) {
              network.forward(Tensor.of(BACKEND, batch, batch.length / 2, 2), mode);
            }
          }
        });
  }

  private static double[] value(Sequential network, String name) {
    return network.stateDict().get(name).toDoubles();
  }

  @Test
  void areThePlainAverageOverTheBatches() {
    try (Sequential network = network()) {
      try (Scope scope = Scope.open()) { // leaves other statistics behind
        network.forward(
            Tensor.of(BACKEND, new double[] {7, -7, 9, 3}, 2, 2), Mode.train(Rng.seeded(1)));
      }
      measure(network);
      // Means 3, 20 and 5, 2; unbiased variances 4, 100 and 18, 8.
      assertThat(value(network, "0.running_mean"))
          .containsExactly(new double[] {4, 11}, within(1e-12));
      assertThat(value(network, "0.running_var"))
          .containsExactly(new double[] {11, 54}, within(1e-12));
      assertThat(value(network, "0.num_batches_tracked")).containsExactly(2);
      // What comes out of the first one has mean 0 and variance 1 a batch, if nothing drops out;
      // unbiased, of 3 and of 2 values, the average is (3 / 2 + 2) / 2, but for epsilon.
      assertThat(value(network, "2.running_mean"))
          .containsExactly(new double[] {0, 0}, within(1e-12));
      assertThat(value(network, "2.running_var"))
          .containsExactly(new double[] {1.75, 1.75}, within(1e-5));
    }
  }

  @Test
  void ofAFrozenPartStay() {
    try (Sequential network = network()) {
      network.children().get("0").freeze();
      measure(network);
      assertThat(value(network, "0.running_mean")).containsExactly(0, 0);
      assertThat(value(network, "0.running_var")).containsExactly(1, 1);
      assertThat(value(network, "2.num_batches_tracked")).containsExactly(2);
    }
  }
}
