package io.github.trimaran.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.random.Rng;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Convolutions that write into parts of one result, against nested loops. */
class JoinedConvolutionsTest {

  private static final Shape INPUT = Shape.of(2, 64, 17, 15);

  /** In float32, with vectors: Winograd's way, windows in place, the same padded, one product. */
  private static final List<Shape> WINDOWS =
      List.of(
          Shape.of(64, 64, 3, 3),
          Shape.of(20, 64, 1, 1),
          Shape.of(5, 64, 3, 3),
          Shape.of(3, 64, 1, 1));

  private static Conv2dGeometry geometry(Shape window) {
    return Conv2dGeometry.of(1, window.dim(2) / 2);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void eachPartAgreesWithNestedLoops(DType dtype) {
    for (CpuBackend backend : TestBackends.both().toList()) {
      Rng rng = Rng.seeded(1);
      HostArray x = Naive.random(rng, dtype, INPUT.dims());
      double[] xs = x.toDoubles();
      List<CpuArray> operands = new ArrayList<>(List.of(backend.fromHost(x)));
      List<double[]> parts = new ArrayList<>();
      for (Shape window : WINDOWS) {
        HostArray w = Naive.random(rng, dtype, window.dims());
        HostArray b = Naive.random(rng, dtype, window.dim(0));
        operands.add(backend.fromHost(w));
        operands.add(backend.fromHost(b));
        double[] ws = w.toDoubles();
        double[] sums = new double[geometry(window).outputShape(INPUT, window).size()];
        Naive.convolve(INPUT, window, geometry(window), (i, j, o) -> sums[o] += xs[i] * ws[j]);
        int plane = INPUT.dim(2) * INPUT.dim(3);
        for (int o = 0; o < sums.length; o++) {
          sums[o] = Math.max(0, sums[o] + b.get(o / plane % window.dim(0)));
        }
        parts.add(sums);
      }
      Conv2dGeometry[] geometries =
          WINDOWS.stream().map(JoinedConvolutionsTest::geometry).toArray(Conv2dGeometry[]::new);
      CpuArray joined = backend.conv2dBiasConcat(operands, true, geometries).orElseThrow();
      assertThat(joined.shape()).isEqualTo(INPUT.with(1, 92));
      double[] got = backend.toHost(joined).toDoubles();
      int at = 0;
      for (int n = 0; n < INPUT.dim(0); n++) {
        for (double[] part : parts) {
          int size = part.length / INPUT.dim(0);
          for (int i = 0; i < size; i++, at++) {
            assertThat(got[at])
                .as("%s, %d", backend, at)
                .isCloseTo(part[n * size + i], within(1e-4));
          }
        }
      }
      backend.close();
    }
  }

  @Test
  void groupsAreLeftToOthers() {
    try (CpuBackend backend = TestBackends.vector(1)) {
      Conv2dGeometry two = Conv2dGeometry.unit().withGroups(2);
      CpuArray x = backend.full(Shape.of(1, 4, 3, 3), DType.FLOAT32, 1);
      CpuArray w = backend.full(Shape.of(2, 2, 1, 1), DType.FLOAT32, 1);
      CpuArray b = backend.full(Shape.of(2), DType.FLOAT32, 1);
      assertThat(backend.conv2dBiasConcat(List.of(x, w, b, w, b), false, two, two)).isEmpty();
    }
  }
}
