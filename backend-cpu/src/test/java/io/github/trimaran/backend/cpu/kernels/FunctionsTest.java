package io.github.trimaran.backend.cpu.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Floats of every size, against the definitions in double precision. */
class FunctionsTest {

  /** In units of the last place. Rounding the exact value takes half a one. */
  private static final double MOST = 0.6;

  /** A prime, so that all low bits occur with all exponents. */
  private static final int STRIDE = 12_289;

  private static final int BLOCK = 4_099;

  private static final Functions VECTOR = new VectorKernels().functions();
  private static final Functions SCALAR = new ScalarKernels("test").functions();

  private static final double GELU_SCALE = 2 * Math.sqrt(2 / Math.PI);

  /** A function and what it is. */
  enum Case {
    EXP(Functions::exp, Math::exp),
    LOG(Functions::log, Math::log),
    TANH(Functions::tanh, Math::tanh),
    ERF(Functions::erf, Case::erf),
    SIGMOID(Functions::sigmoid, x -> 1 / (1 + Math.exp(-x))),
    GELU(Functions::gelu, x -> x / (1 + Math.exp(-Case.gate(x)))),
    GELU_GRAD(
        (functions, a, out, from, to) -> {
          float[] ones = new float[to];
          Arrays.fill(ones, 1);
          functions.geluGrad(ones, a, out, from, to);
        },
        Case::geluDerivative);

    private final Loop loop;
    private final DoubleUnaryOperator exact;

    Case(Loop loop, DoubleUnaryOperator exact) {
      this.loop = loop;
      this.exact = exact;
    }

    /** Kummer's series, whose terms are all of one sign. */
    private static double erf(double x) {
      if (!(Math.abs(x) < 6)) {
        return Math.signum(x);
      }
      double sum = 0;
      double term = x;
      for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-18; n++) {
        sum += term;
        term *= x * x / (n + 0.5);
      }
      return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    private static double gate(double x) {
      return GELU_SCALE * (x + 0.044715 * x * x * x);
    }

    private static double geluDerivative(double x) {
      double open = 1 / (1 + Math.exp(-gate(x)));
      double shut = 1 / (1 + Math.exp(gate(x)));
      double slope = GELU_SCALE * (1 + 3 * 0.044715 * x * x);
      return open + x * open * shut * slope;
    }
  }

  private interface Loop {
    void run(Functions functions, float[] a, float[] out, int from, int to);
  }

  @ParameterizedTest
  @EnumSource
  void isWithinAUnitOfTheLastPlaceForAllExponents(Case function) {
    sweep(function, STRIDE);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("soak")
  void isWithinAUnitOfTheLastPlaceForAllFloats(Case function) {
    sweep(function, 1);
  }

  private static void sweep(Case function, int stride) {
    float[] a = new float[BLOCK];
    float[] vector = new float[BLOCK];
    float[] scalar = new float[BLOCK];
    for (long bits = 0; bits < 1L << 32; ) {
      int count = 0;
      for (; count < BLOCK && bits < 1L << 32; bits += stride) {
        a[count++] = Float.intBitsToFloat((int) bits);
      }
      function.loop.run(VECTOR, a, vector, 0, count);
      function.loop.run(SCALAR, a, scalar, 0, count);
      for (int i = 0; i < count; i++) {
        double error = units(scalar[i], function.exact.applyAsDouble(a[i]));
        if (!(error <= MOST) || !same(vector[i], scalar[i])) {
          throw new AssertionError(
              function + "(" + a[i] + "): " + scalar[i] + ", vector " + vector[i] + ", " + error);
        }
      }
    }
  }

  private static double units(float got, double exact) {
    float wanted = (float) exact;
    if (Float.isNaN(wanted) || Float.isInfinite(wanted) || Float.isInfinite(got)) {
      return same(got, wanted) ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(got - exact) / Math.ulp(wanted);
  }

  private static boolean same(float a, float b) {
    return Float.floatToIntBits(a) == Float.floatToIntBits(b);
  }

  @ParameterizedTest
  @EnumSource
  void keepsSpecialValues(Case function) {
    float[] a = {0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    float[] wanted =
        switch (function) {
          case EXP -> new float[] {1, 1, Float.NaN, Float.POSITIVE_INFINITY, 0};
          case LOG ->
              new float[] {
                Float.NEGATIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                Float.NaN,
                Float.POSITIVE_INFINITY,
                Float.NaN
              };
          case TANH, ERF -> new float[] {0f, -0f, Float.NaN, 1, -1};
          case SIGMOID -> new float[] {0.5f, 0.5f, Float.NaN, 1, 0};
          // Minus infinity times 0, as in PyTorch.
          case GELU -> new float[] {0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NaN};
          case GELU_GRAD -> new float[] {0.5f, 0.5f, Float.NaN, Float.NaN, Float.NaN};
        };
    float[] repeated = new float[40];
    for (Functions functions : new Functions[] {VECTOR, SCALAR}) {
      for (int k = 0; k < a.length; k++) {
        Arrays.fill(repeated, a[k]);
        function.loop.run(functions, repeated, repeated, 0, repeated.length);
        for (float got : repeated) {
          assertThat(same(got, wanted[k])).as("%s(%s) = %s", function, a[k], got).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesTheSameBitsAtAnyPlaceAndLeavesOthersAlone(Case function) {
    float[] a = new float[1_100];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) Math.sin(i) * 3;
    }
    float[] all = new float[a.length];
    function.loop.run(SCALAR, a, all, 0, a.length);
    for (int from : new int[] {0, 1, 7, 500}) {
      for (int to : new int[] {from, from + 1, from + 19, from + 531}) {
        float[] part = new float[a.length];
        function.loop.run(VECTOR, a, part, from, to);
        float[] wanted = new float[a.length];
        System.arraycopy(all, from, wanted, from, to - from);
        assertThat(part).isEqualTo(wanted);
      }
    }
  }

  @Test
  void sumsExponentialsAndFindsTheLargest() {
    float[] a = new float[1_003];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) Math.cos(i) * 20;
    }
    a[1_001] = 20.5f;
    for (int from : new int[] {0, 3, 990, 1_000}) {
      double sum = 0;
      for (int i = from; i < a.length; i++) {
        sum += Math.exp(a[i] - 20.5);
      }
      for (Functions functions : new Functions[] {VECTOR, SCALAR}) {
        assertThat(functions.max(a, from, a.length)).isEqualTo(20.5f);
        assertThat(functions.max(a, from, from)).isEqualTo(Float.NEGATIVE_INFINITY);
        double got = functions.sumOfExp(a, 20.5, from, a.length);
        assertThat(Math.abs(got / sum - 1)).isLessThan(1e-9);
        float[] out = new float[a.length];
        functions.subtract(a, 1e30, -1e30, out, from, a.length);
        assertThat(out[a.length - 1]).isZero();
      }
    }
  }

  @Test
  void findsNaNAnywhere() {
    for (int place = 0; place < 40; place++) {
      float[] a = new float[40];
      a[place] = Float.NaN;
      assertThat(Stream.of(VECTOR, SCALAR).map(f -> f.max(a, 0, 40))).containsOnly(Float.NaN);
    }
  }
}
