package io.github.trimaran.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of 3 x 3 windows for which Winograd's way pays, against sums written out. */
class WinogradWeightGradTest {

  /** Windows that are checked. */
  private static final int WINDOWS = 40;

  /** As in {@link WinogradTest}: the largest error, in roundings of the sum of the terms' sizes. */
  private static final double UNITS = 4;

  private static final double TERM = 0.25;

  record Case(String way, int n, int channels, int side, int filters, int padding) {

    Conv2dGeometry geometry() {
      return Conv2dGeometry.of(1, padding);
    }

    Shape input() {
      return Shape.of(n, channels, side, side + 1);
    }

    Shape weight() {
      return Shape.of(filters, channels, 3, 3);
    }

    Shape output() {
      return geometry().outputShape(input(), weight());
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("fewer parts than groups", 1, 64, 40, 64, 1),
        new Case("groups of several parts", 8, 64, 47, 67, 1),
        new Case("few channels, many tiles", 12, 32, 61, 48, 0),
        new Case("several blocks in groups", 4, 130, 30, 97, 1),
        new Case("all tiles in one part", 2, 200, 23, 210, 1),
        new Case("several parts of a large M", 4, 200, 63, 230, 2),
        new Case("several parts of few blocks", 24, 80, 33, 500, 1));
  }

  private static HostArray random(long seed, Shape shape) {
    return Naive.random(Rng.seeded(seed), DType.FLOAT32, shape.dims());
  }

  private static HostArray computed(Case given, int threads) {
    try (CpuBackend backend = TestBackends.vector(threads)) {
      return backend.toHost(
          backend.conv2dWeightGrad(
              backend.fromHost(random(1, given.input())),
              backend.fromHost(random(2, given.output())),
              given.weight(),
              given.geometry()));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithSumsWrittenOut(Case given) {
    double[] found = computed(given, 2).toDoubles();
    float[] x = random(1, given.input()).floats();
    float[] g = random(2, given.output()).floats();
    double allowed =
        UNITS * Math.ulp(1f) * TERM * given.n() * given.output().dim(2) * given.output().dim(3);
    Rng rng = Rng.seeded(3);
    for (int k = 0; k < WINDOWS; k++) {
      int f = k == 0 ? given.filters() - 1 : rng.nextInt(given.filters());
      int c = k == 0 ? given.channels() - 1 : rng.nextInt(given.channels());
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          assertThat(found[((f * given.channels() + c) * 3 + i) * 3 + j])
              .as("%s: window of filter %d, channel %d, at %d, %d", given.way(), f, c, i, j)
              .isCloseTo(sum(given, x, g, f, c, i, j), within(allowed));
        }
      }
    }
  }

  private static double sum(Case given, float[] x, float[] g, int f, int c, int i, int j) {
    int height = given.input().dim(2);
    int width = given.input().dim(3);
    int rows = given.output().dim(2);
    int columns = given.output().dim(3);
    double sum = 0;
    for (int n = 0; n < given.n(); n++) {
      for (int y = 0; y < rows; y++) {
        for (int z = 0; z < columns; z++) {
          int down = y + i - given.padding();
          int across = z + j - given.padding();
          if (down >= 0 && down < height && across >= 0 && across < width) {
            double pixel = x[((n * given.channels() + c) * height + down) * width + across];
            sum += pixel * g[((n * given.filters() + f) * rows + y) * columns + z];
          }
        }
      }
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesNotDependOnTheNumberOfThreads(Case given) {
    HostArray one = computed(given, 1);
    assertThat(computed(given, 2)).isEqualTo(one);
    assertThat(computed(given, 3)).isEqualTo(one);
  }
}
