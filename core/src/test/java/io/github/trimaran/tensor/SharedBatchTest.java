package io.github.trimaran.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.collective.Ring;
import io.github.trimaran.collective.SideBySide;
import io.github.trimaran.naive.NaiveBackend;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedBatchTest {

  /** One channel of 1, 2 | 3, 6: mean 3, variance (4 + 1 + 0 + 9) / 4. The third has no samples. */
  @Test
  void statisticsAreThoseOfAllWorkers() throws Exception {
    double[][] samples = {{1, 2}, {3, 6}, {100}};
    List<double[]> outputs =
        SideBySide.run(
            Ring.ofThreads(3),
            worker -> {
              NaiveBackend backend = new NaiveBackend();
              double[] own = samples[worker.rank()];
              Tensor x = Tensor.of(backend, own, own.length, 1, 1, 1);
              Tensor gamma = Tensor.of(backend, new double[] {2}, 1);
              Tensor beta = Tensor.of(backend, new double[] {10}, 1);
              SharedBatch.Normed normed =
                  new SharedBatch(worker, worker.rank() < 2).norm(x, gamma, beta, 0.5);
              assertThat(normed.count()).isEqualTo(4);
              assertThat(normed.norm().mean().toDoubles()).containsExactly(3);
              assertThat(normed.norm().variance().toDoubles()).containsExactly(3.5);
              return normed.norm().output().toDoubles();
            });
    assertThat(outputs.get(0)).containsExactly(new double[] {8, 9}, within(1e-15));
    assertThat(outputs.get(1)).containsExactly(new double[] {10, 13}, within(1e-15));
  }

  private interface Norm {
    Tensor of(Tensor x, Tensor gamma, Tensor beta);
  }

  /** The gradient of the squared gradient of the cubes, with respect to input and gamma. */
  private static List<HostArray> secondOrder(double[] values, Norm norm) {
    NaiveBackend backend = new NaiveBackend();
    Tensor x = Tensor.of(backend, HostArray.of(values, Shape.of(values.length / 2, 2, 1, 1)));
    x = x.requiresGrad();
    Tensor gamma = Tensor.of(backend, new double[] {1.5, -0.7}, 2).requiresGrad();
    Tensor beta = Tensor.of(backend, new double[] {0.3, 0.1}, 2);
    Tensor y = norm.of(x, gamma, beta);
    Tensor first = Gradients.differentiable(y.mul(y).mul(y).sum(), x).get(x);
    Gradients second = Gradients.of(first.mul(first).sum(), x, gamma);
    return List.of(second.get(x).toHost(), second.get(gamma).toHost());
  }

  @Test
  void canBeDifferentiatedTwice() throws Exception {
    double[] all = {0.3, -1, 2, 0.5, -0.4, 1.7, 0.9, -2.2, 1.1, 0.6};
    List<HostArray> expected =
        secondOrder(all, (x, gamma, beta) -> BatchNorm.training(x, gamma, beta, 0.1).output());
    List<List<HostArray>> parts =
        SideBySide.run(
            Ring.ofThreads(2),
            worker ->
                secondOrder(
                    worker.rank() == 0 ? Arrays.copyOf(all, 4) : Arrays.copyOfRange(all, 4, 10),
                    (x, gamma, beta) ->
                        new SharedBatch(worker, true).norm(x, gamma, beta, 0.1).norm().output()));
    for (int i = 0; i < all.length; i++) {
      double found = i < 4 ? parts.get(0).get(0).get(i) : parts.get(1).get(0).get(i - 4);
      assertThat(found).isCloseTo(expected.get(0).get(i), within(1e-11));
    }
    for (int c = 0; c < 2; c++) {
      assertThat(parts.get(0).get(1).get(c) + parts.get(1).get(1).get(c))
          .isCloseTo(expected.get(1).get(c), within(1e-11));
    }
  }
}
