package io.github.trimaran.examples.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.train.Listener;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However many threads compute, a training gives the same losses. */
class ThreadCountTest {

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "nd4j"})
  void lossesAreTheSameBitForBit(String backend) throws IOException {
    if (!backend.equals("cpu")) {
      Engines.assumeOnTheClassPath();
    }
    List<Double> one = losses(backend, 1);
    assertThat(losses(backend, 2)).isEqualTo(one);
    assertThat(losses(backend, 3)).isEqualTo(one);
  }

  /** PyTorch shares some sums out among its threads: the gradient of a weight, for one. */
  @Test
  void lossesOfPyTorchRepeatAndAreTheSameToRounding() throws IOException {
    Engines.assumeOnTheClassPath();
    List<Double> one = losses("djl", 1);
    assertThat(losses("djl", 1)).isEqualTo(one);
    for (int threads = 2; threads <= 3; threads++) {
      List<Double> several = losses("djl", threads);
      assertThat(losses("djl", threads)).as("again, %d threads", threads).isEqualTo(several);
      for (int step = 0; step < one.size(); step++) {
        assertThat(several.get(step))
            .as("%d threads, step %d", threads, step + 1)
            .isCloseTo(one.get(step), withinPercentage(1e-4));
      }
    }
  }

  private static List<Double> losses(String backend, int threads) throws IOException {
    BackendOptions options = BackendOptions.defaults().withThreads(threads);
    return Engines.train(Backends.get(backend, options), DType.FLOAT32, 30, new Listener() {});
  }
}
