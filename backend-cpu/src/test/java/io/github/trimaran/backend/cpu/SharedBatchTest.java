package io.github.trimaran.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.collective.Ring;
import io.github.trimaran.collective.SideBySide;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.BatchNorm;
import io.github.trimaran.tensor.SharedBatch;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers that normalise in one pass each give what one process gives with all samples. */
class SharedBatchTest {

  private static final int CHANNELS = 3;
  private static final int ROW = 4 * 5;

  private record Found(double[] output, double[] input, double[] gamma, double[] beta) {}

  private interface Norm {
    Tensor of(Tensor x, Tensor gamma, Tensor beta);
  }

  /** Far from 0, so that what is not centred loses digits. */
  private static double[] random(int samples, double mean) {
    Rng rng = Rng.seeded(1);
    double[] values = new double[samples * CHANNELS * ROW];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (rng.nextGaussian() + mean);
    }
    return values;
  }

  private static Found found(DType dtype, int from, int to, Norm norm) {
    try (Backend<?> backend = Backends.get("cpu")) {
      Tensor x = part(backend, random(7, 5), from, to, dtype).requiresGrad();
      Tensor gamma =
          Tensor.of(backend, HostArray.of(new double[] {1.5, -0.7, 2}, Shape.of(3)).to(dtype));
      gamma = gamma.requiresGrad();
      Tensor beta =
          Tensor.of(backend, HostArray.of(new double[] {0.3, 0, -1}, Shape.of(3)).to(dtype));
      beta = beta.requiresGrad();
      Tensor y = norm.of(x, gamma, beta);
      Gradients gradients =
          Gradients.vjp(y, part(backend, random(7, 0), from, to, dtype), x, gamma, beta);
      return new Found(
          y.toHost().toDoubles(),
          gradients.get(x).toHost().toDoubles(),
          gradients.get(gamma).toHost().toDoubles(),
          gradients.get(beta).toHost().toDoubles());
    }
  }

  private static Tensor part(Backend<?> backend, double[] all, int from, int to, DType dtype) {
    double[] own = Arrays.copyOfRange(all, from * CHANNELS * ROW, to * CHANNELS * ROW);
    return Tensor.of(backend, HostArray.of(own, Shape.of(to - from, CHANNELS, 4, 5)).to(dtype));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void isThatOfAllSamples(DType dtype) throws Exception {
    double near = dtype == DType.FLOAT32 ? 2e-6 : 1e-14;
    Found whole = found(dtype, 0, 7, (x, g, b) -> BatchNorm.training(x, g, b, 1e-5).output());
    List<Found> parts =
        SideBySide.run(
            Ring.ofThreads(2),
            worker ->
                found(
                    dtype,
                    worker.rank() == 0 ? 0 : 3,
                    worker.rank() == 0 ? 3 : 7,
                    (x, g, b) ->
                        new SharedBatch(worker, true).norm(x, g, b, 1e-5).norm().output()));
    double[] output = concat(parts.get(0).output(), parts.get(1).output());
    double[] input = concat(parts.get(0).input(), parts.get(1).input());
    assertThat(output).containsExactly(whole.output(), within(near));
    assertThat(input).containsExactly(whole.input(), within(near));
    for (int c = 0; c < CHANNELS; c++) {
      assertThat(parts.get(0).gamma()[c] + parts.get(1).gamma()[c])
          .isCloseTo(whole.gamma()[c], within(20 * near));
      assertThat(parts.get(0).beta()[c] + parts.get(1).beta()[c])
          .isCloseTo(whole.beta()[c], within(20 * near));
    }
  }

  private static double[] concat(double[] a, double[] b) {
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
