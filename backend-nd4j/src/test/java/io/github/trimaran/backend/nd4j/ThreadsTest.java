package io.github.trimaran.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.random.Rng;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Results are the same whoever asks for them and however many compute. */
class ThreadsTest {

  private static Nd4jBackend backend(int threads) {
    return (Nd4jBackend) new Nd4jBackendProvider().create(new BackendOptions(threads, "cpu"));
  }

  private static HostArray random(long seed, int... extents) {
    Rng rng = Rng.seeded(seed);
    HostArray array = HostArray.of(new float[Shape.of(extents).size()], Shape.of(extents));
    for (int i = 0; i < array.shape().size(); i++) {
      array.set(i, rng.nextGaussian());
    }
    return array;
  }

  /** A small training, its result as the weights' bits. */
  private static int[] train(Nd4jBackend backend) {
    Conv2dGeometry geometry = Conv2dGeometry.of(1, 1);
    Nd4jArray x = backend.fromHost(random(1, 10, 3, 24, 24));
    Nd4jArray w = backend.fromHost(random(2, 8, 3, 3, 3));
    Nd4jArray b = backend.fromHost(random(3, 8));
    Nd4jArray dense = backend.fromHost(random(4, 10, 8 * 24 * 24));
    Nd4jArray bias = backend.fromHost(random(5, 10));
    Nd4jArray mean = backend.fromHost(HostArray.of(new float[216], w.shape()));
    Nd4jArray square = backend.fromHost(HostArray.of(new float[216], w.shape()));
    for (int step = 1; step <= 20; step++) {
      Nd4jArray y = backend.conv2dBias(x, w, b, geometry, true).orElseThrow();
      Nd4jArray flat = backend.reshape(y, Shape.of(10, 8 * 24 * 24));
      Nd4jArray z = backend.linear(flat, dense, bias, false).orElseThrow();
      Nd4jArray flatGrad = backend.matmul(z, dense);
      Nd4jArray grad = backend.reshape(flatGrad, y.shape());
      Nd4jArray masked = backend.reluGrad(grad, y).orElseThrow();
      Nd4jArray gw = backend.conv2dWeightGrad(x, masked, w.shape(), geometry);
      AdamStep adam =
          new AdamStep(
              1e-3, 0.9, 0.999, 1e-8, 0, 1 - Math.pow(0.9, step), 1 - Math.pow(0.999, step));
      backend.adamUpdate(w, gw, mean, square, adam);
      List.of(y, flat, z, flatGrad, grad, masked, gw).forEach(backend::release);
    }
    float[] values = backend.toHost(w).floats();
    List.of(x, w, b, dense, bias, mean, square).forEach(backend::release);
    return IntStream.range(0, values.length).map(i -> Float.floatToIntBits(values[i])).toArray();
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() {
    int[] one = train(backend(1));
    assertThat(train(backend(2))).isEqualTo(one);
    assertThat(train(backend(5))).isEqualTo(one);
  }

  @Test
  void severalThreadsShareOneBackend() throws Exception {
    Nd4jBackend backend = backend(2);
    int[] alone = train(backend);
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      List<Future<int[]>> all =
          executor.invokeAll(
              IntStream.range(0, 8)
                  .mapToObj(i -> (java.util.concurrent.Callable<int[]>) () -> train(backend))
                  .toList());
      for (Future<int[]> one : all) {
        assertThat(one.get()).isEqualTo(alone);
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(backend.liveArrays()).isZero();
  }

  @Test
  void aFailureOnAnotherThreadReachesTheCaller() {
    Workers workers = new Workers(3);
    assertThatThrownBy(
            () ->
                workers.forEach(
                    100,
                    i -> {
                      if (i == 57) {
                        throw new IllegalStateException("part " + i);
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("part 57");
    boolean[] seen = new boolean[1000];
    workers.ranges(1000, 7, (start, end) -> java.util.Arrays.fill(seen, start, end, true));
    assertThat(seen).doesNotContain(false);
  }
}
