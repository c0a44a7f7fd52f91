package io.github.trimaran.backend.cpu.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;
import java.lang.reflect.Array;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Blocks that add to what C holds, with and without whole tiles, against nested loops. */
class BlockKernelTest {

  record Case(Kernels kernels, DType dtype, int m, int k, int n) {}

  static Stream<Case> cases() {
    return Stream.of(new VectorKernels(), new ScalarKernels("test"))
        .flatMap(
            kernels ->
                Stream.of(DType.FLOAT32, DType.FLOAT64)
                    .flatMap(
                        dtype ->
                            Stream.of(
                                new Case(kernels, dtype, 64, 300, 64),
                                new Case(kernels, dtype, 5, 24, 17),
                                new Case(kernels, dtype, 9, 40, 1))));
  }

  private static Object random(Case given, Rng rng, int size) {
    double[] values = rng.doubles(size, -1, 1).toArray();
    HostArray array = HostArray.of(values, Shape.of(size)).to(given.dtype());
    return given.dtype() == DType.FLOAT32 ? array.floats() : array.doubles();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void addsToWhatIsThere(Case given) {
    Rng rng = Rng.seeded(1);
    Object a = random(given, rng, given.m() * given.k());
    Object b = random(given, rng, given.k() * given.n());
    Object c = random(given, rng, given.m() * given.n());
    double[] expected = new double[given.m() * given.n()];
    for (int i = 0; i < given.m(); i++) {
      for (int j = 0; j < given.n(); j++) {
        double sum = Array.getDouble(c, i * given.n() + j);
        for (int l = 0; l < given.k(); l++) {
          sum += Array.getDouble(a, i * given.k() + l) * Array.getDouble(b, l * given.n() + j);
        }
        expected[i * given.n() + j] = sum;
      }
    }
    given
        .kernels()
        .create(given.dtype())
        .multiply(
            new Block(
                Matrix.dense(a, 0, given.m(), given.k()),
                Matrix.dense(b, 0, given.k(), given.n()),
                Matrix.dense(c, 0, given.m(), given.n()),
                Epilogue.NONE,
                0,
                0,
                given.m(),
                0,
                given.n(),
                0,
                given.k(),
                true));
    double allowed = (given.dtype() == DType.FLOAT32 ? 1e-6 : 1e-14) * given.k();
    for (int i = 0; i < expected.length; i++) {
      assertThat(Array.getDouble(c, i)).isCloseTo(expected[i], within(allowed));
    }
  }
}
