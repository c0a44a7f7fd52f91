package io.github.trimaran.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.random.Rng;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link ConvolutionTest} does not ask of convolutions with a group for each channel. */
class GroupedConvolutionTest {

  private static final Conv2dGeometry GEOMETRY = Conv2dGeometry.of(2, 1).withGroups(40);
  private static final Shape INPUT = Shape.of(3, 40, 21, 30);
  private static final Shape WEIGHT = Shape.of(40, 1, 3, 3);

  static Stream<CpuBackend> backends() {
    return TestBackends.both();
  }

  private static CpuArray random(CpuBackend backend, long seed, Shape shape) {
    return backend.fromHost(Naive.random(Rng.seeded(seed), DType.FLOAT32, shape.dims()));
  }

  private static List<HostArray> all(CpuBackend backend) {
    CpuArray x = random(backend, 1, INPUT);
    CpuArray w = random(backend, 2, WEIGHT);
    CpuArray g = random(backend, 3, GEOMETRY.outputShape(INPUT, WEIGHT));
    return Stream.of(
            backend.conv2d(x, w, GEOMETRY),
            backend.conv2dInputGrad(g, w, INPUT, GEOMETRY),
            backend.conv2dWeightGrad(x, g, WEIGHT, GEOMETRY))
        .map(backend::toHost)
        .toList();
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    List<List<HostArray>> results =
        IntStream.of(1, 2, 3)
            .mapToObj(
                threads -> {
                  try (CpuBackend backend = TestBackends.vector(threads)) {
                    return all(backend);
                  }
                })
            .toList();
    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isEqualTo(results.get(0));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void takesImagesAndWindowsAsTheyLie(CpuBackend backend) {
    CpuArray x = random(backend, 1, Shape.of(21, 3, 30, 40));
    CpuArray w = random(backend, 2, Shape.of(3, 3, 1, 40));
    CpuArray viewX = backend.flip(backend.permute(x, 1, 3, 0, 2), 3);
    CpuArray viewW = backend.permute(w, 3, 2, 1, 0);
    CpuArray denseX = backend.fromHost(backend.toHost(viewX));
    CpuArray denseW = backend.fromHost(backend.toHost(viewW));
    HostArray expected = backend.toHost(backend.conv2d(denseX, denseW, GEOMETRY));
    assertThat(backend.toHost(backend.conv2d(viewX, viewW, GEOMETRY))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void whatLiesInIdleMemoryDoesNotCount(CpuBackend backend) {
    List<HostArray> expected = all(backend);
    // Buffers that are given back now are those that the next planes are laid out in.
    for (int i = 0; i < 4; i++) {
      Stream.of(10, 14, 20)
          .map(bits -> backend.full(Shape.of(1 << bits), DType.FLOAT32, Double.NaN))
          .toList()
          .forEach(backend::release);
    }
    assertThat(all(backend)).isEqualTo(expected);
  }

  @Test
  void addsABiasAndRectifies() {
    try (CpuBackend backend = TestBackends.vector(2)) {
      CpuArray x = random(backend, 1, INPUT);
      CpuArray w = random(backend, 2, WEIGHT);
      CpuArray b = random(backend, 4, Shape.of(40));
      float[] plain = backend.toHost(backend.conv2d(x, w, GEOMETRY)).floats();
      float[] bias = backend.toHost(b).floats();
      int plane = GEOMETRY.outputShape(INPUT, WEIGHT).size() / (3 * 40);
      float[] expected = new float[plain.length];
      for (int i = 0; i < plain.length; i++) {
        expected[i] = Math.max(0, plain[i] + bias[i / plane % 40]);
      }
      CpuArray y = backend.conv2dBias(x, w, b, GEOMETRY, true).orElseThrow();
      assertThat(backend.toHost(y).floats()).isEqualTo(expected);
    }
  }
}
