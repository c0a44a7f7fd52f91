package io.github.trimaran.backend.cpu.kernels;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The {@link Functions} with the Vector API: what {@link ScalarFunctions} does with one number,
 * step by step with a register of them. What does not fill a register is left to it.
 *
 * <p>Each function has a loop of its own. With one loop for all, the JIT would have to call what is
 * different, and vectors that are passed to a call become objects. For the same reason loops are
 * short: the JIT stops inlining in a long one. So the elements are taken by blocks that stay in the
 * first-level cache, and each step of a function is a loop over a block: widening, the exponential,
 * what follows it, narrowing.
 *
 * <p>Widening and narrowing are plain loops. With half a register of floats there would be a second
 * class of FloatVector; the JIT of JDK 17 then no longer knows which of the two a variable of a
 * matrix product's innermost loop holds, and keeps objects instead of registers: a training of the
 * record network took seven times as long.
 */
final class VectorFunctions implements Functions {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  private static final int LANES = SPECIES.length();

  /** Intermediate values that stay in the first-level cache. */
  private static final int BLOCK = 512;

  private static final float MODERATE = 80;

  private final Functions rest = new ScalarFunctions();

  private static int end(int from, int to) {
    return to - (to - from) % LANES;
  }

  /** A block for so many elements. */
  private static double[] block(int from, int end) {
    return new double[Math.min(BLOCK, end - from)];
  }

  private static void widen(float[] a, int from, double[] x, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = a[from + i];
    }
  }

  private static void narrow(double[] x, int count, float[] out, int from) {
    for (int i = 0; i < count; i++) {
      out[from + i] = (float) x[i];
    }
  }

  private static DoubleVector at(double[] x, int i) {
    return DoubleVector.fromArray(SPECIES, x, i);
  }

  /** Whether all exponents are far from where the exponential is 0 or infinite. */
  private static boolean areModerate(float[] a, int from, int count) {
    int end = count - count % FLOATS.length();
    FloatVector largest = FloatVector.zero(FLOATS);
    for (int i = 0; i < end; i += FLOATS.length()) {
      largest = largest.max(FloatVector.fromArray(FLOATS, a, from + i).abs());
    }
    float most = largest.reduceLanes(MAX);
    for (int i = end; i < count; i++) {
      most = Math.max(most, Math.abs(a[from + i]));
    }
    return most <= MODERATE;
  }

  private static DoubleVector exp(DoubleVector x) {
    DoubleVector y =
        x.blend(
            ScalarFunctions.EXP_OF_IT_IS_ZERO, x.compare(LT, ScalarFunctions.EXP_OF_IT_IS_ZERO));
    DoubleVector z =
        y.blend(
            ScalarFunctions.EXP_OF_IT_IS_INFINITE,
            y.compare(GT, ScalarFunctions.EXP_OF_IT_IS_INFINITE));
    return expWithoutLimits(z);
  }

  private static DoubleVector expWithoutLimits(DoubleVector z) {
    DoubleVector rounded = z.mul(ScalarFunctions.LOG2_E).add(ScalarFunctions.ROUNDING);
    DoubleVector r = z.sub(rounded.sub(ScalarFunctions.ROUNDING).mul(ScalarFunctions.LN_2));
    DoubleVector sum = r.mul(1 / 40320.0).add(1 / 5040.0);
    sum = sum.mul(r).add(1 / 720.0);
    sum = sum.mul(r).add(1 / 120.0);
    sum = sum.mul(r).add(1 / 24.0);
    sum = sum.mul(r).add(1 / 6.0);
    sum = sum.mul(r).add(0.5);
    sum = sum.mul(r).add(1);
    sum = sum.mul(r).add(1);
    LongVector power = rounded.reinterpretAsLongs().lanewise(LSHL, 52).add(ScalarFunctions.ONE);
    return sum.mul(power.reinterpretAsDoubles());
  }

  @Override
  public void exp(float[] a, float[] out, int from, int to) {
    int end = end(from, to);
    double[] x = block(from, end);
    for (int i = from; i < end; i += BLOCK) {
      int count = Math.min(BLOCK, end - i);
      // Keeping exponents in their limits takes masks, which JDK 17 is slow at: a sixth of the
      // time.
      boolean moderate = areModerate(a, i, count);
      widen(a, i, x, count);
      if (moderate) {
        for (int j = 0; j < count; j += LANES) {
          expWithoutLimits(at(x, j)).intoArray(x, j);
        }
      } else {
        for (int j = 0; j < count; j += LANES) {
          exp(at(x, j)).intoArray(x, j);
        }
      }
      narrow(x, count, out, i);
    }
    rest.exp(a, out, end, to);
  }

  @Override
  public void log(float[] a, float[] out, int from, int to) {
    int end = end(from, to);
    double[] x = block(from, end);
    for (int i = from; i < end; i += BLOCK) {
      int count = Math.min(BLOCK, end - i);
      widen(a, i, x, count);
      for (int j = 0; j < count; j += LANES) {
        log(at(x, j)).intoArray(x, j);
      }
      narrow(x, count, out, i);
    }
    rest.log(a, out, end, to);
  }

  private static DoubleVector log(DoubleVector x) {
    LongVector bits = x.reinterpretAsLongs();
    LongVector k = bits.sub(ScalarFunctions.SQRT_HALF).lanewise(ASHR, 52);
    DoubleVector m = bits.sub(k.lanewise(LSHL, 52)).reinterpretAsDoubles();
    DoubleVector s = m.sub(1).div(m.add(1));
    DoubleVector z = s.mul(s);
    DoubleVector sum = z.mul(2 / 13.0).add(2 / 11.0);
    sum = sum.mul(z).add(2 / 9.0);
    sum = sum.mul(z).add(2 / 7.0);
    sum = sum.mul(z).add(2 / 5.0);
    sum = sum.mul(z).add(2 / 3.0);
    sum = sum.mul(z).add(2);
    DoubleVector power =
        k.add(Double.doubleToRawLongBits(ScalarFunctions.ROUNDING))
            .reinterpretAsDoubles()
            .sub(ScalarFunctions.ROUNDING);
    DoubleVector y = power.mul(ScalarFunctions.LN_2).add(s.mul(sum));
    y = x.blend(y, x.compare(LT, Double.POSITIVE_INFINITY));
    y = y.blend(Double.NaN, x.compare(LT, 0));
    return y.blend(Double.NEGATIVE_INFINITY, x.compare(EQ, 0));
  }

  @Override
  public void erf(float[] a, float[] out, int from, int to) {
    int end = end(from, to);
    double[] x = block(from, end);
    for (int i = from; i < end; i += BLOCK) {
      int count = Math.min(BLOCK, end - i);
      widen(a, i, x, count);
      for (int j = 0; j < count; j += LANES) {
        erf(at(x, j)).intoArray(x, j);
      }
      narrow(x, count, out, i);
    }
    rest.erf(a, out, end, to);
  }

  private static DoubleVector erf(DoubleVector x) {
    DoubleVector z = x.mul(x);
    DoubleVector p = z.mul(-1.2824325232688827e-8).add(4.61377549031798e-6);
    p = p.mul(z).add(3.7693121781883117e-4);
    p = p.mul(z).add(3.8393713597599565e-3);
    p = p.mul(z).add(5.424865197478766e-2);
    p = p.mul(z).add(0.1851416800656926);
    p = p.mul(z).add(1.1283791691568748);
    DoubleVector q = z.mul(6.244181879052995e-5).add(1.3019067551205841e-3);
    q = q.mul(z).add(1.5432158008717639e-2);
    q = q.mul(z).add(0.1138797835209681);
    q = q.mul(z).add(0.4974109485352397);
    q = q.mul(z).add(1);
    DoubleVector y = x.mul(p).div(q);
    y = y.blend(1, x.compare(GE, ScalarFunctions.ERF_IS_ONE));
    return y.blend(-1, x.compare(LE, -ScalarFunctions.ERF_IS_ONE));
  }

  @Override
  public void tanh(float[] a, float[] out, int from, int to) {
    int end = end(from, to);
    double[] x = block(from, end);
    double[] e = block(from, end);
    for (int i = from; i < end; i += BLOCK) {
      int count = Math.min(BLOCK, end - i);
      widen(a, i, x, count);
      expOfSize(x, -2, e, count);
      for (int j = 0; j < count; j += LANES) {
        tanh(at(x, j), at(e, j)).intoArray(x, j);
      }
      narrow(x, count, out, i);
    }
    rest.tanh(a, out, end, to);
  }

  private static DoubleVector tanh(DoubleVector x, DoubleVector e) {
    DoubleVector size = e.neg().add(1).div(e.add(1));
    DoubleVector y = size.blend(size.neg(), x.compare(LT, 0));
    return y.blend(x, x.abs().compare(LT, ScalarFunctions.TANH_IS_X));
  }

  @Override
  public void sigmoid(float[] a, float[] out, int from, int to) {
    int end = end(from, to);
    double[] x = block(from, end);
    double[] e = block(from, end);
    for (int i = from; i < end; i += BLOCK) {
      int count = Math.min(BLOCK, end - i);
      widen(a, i, x, count);
      expOfSize(x, -1, e, count);
      for (int j = 0; j < count; j += LANES) {
        DoubleVector es = at(e, j);
        oneOr(es, at(x, j)).div(es.add(1)).intoArray(x, j);
      }
      narrow(x, count, out, i);
    }
    rest.sigmoid(a, out, end, to);
  }

  @Override
  public void gelu(float[] a, float[] out, int from, int to) {
    int end = end(from, to);
    double[] x = block(from, end);
    double[] e = block(from, end);
    for (int i = from; i < end; i += BLOCK) {
      int count = Math.min(BLOCK, end - i);
      widen(a, i, x, count);
      expOfGate(x, e, count);
      gelu(x, e, count);
      narrow(x, count, out, i);
    }
    rest.gelu(a, out, end, to);
  }

  /** {@code x / (1 + e^-gate)}, in the place of x. */
  private static void gelu(double[] x, double[] e, int count) {
    for (int j = 0; j < count; j += LANES) {
      DoubleVector xs = at(x, j);
      DoubleVector es = at(e, j);
      xs.mul(oneOr(es, xs)).div(es.add(1)).intoArray(x, j);
    }
  }

  @Override
  public void geluGrad(float[] grad, float[] a, float[] out, int from, int to) {
    int end = end(from, to);
    double[] x = block(from, end);
    double[] e = block(from, end);
    double[] g = block(from, end);
    for (int i = from; i < end; i += BLOCK) {
      int count = Math.min(BLOCK, end - i);
      widen(a, i, x, count);
      widen(grad, i, g, count);
      expOfGate(x, e, count);
      geluDerivative(x, e, count);
      for (int j = 0; j < count; j += LANES) {
        at(g, j).mul(at(x, j)).intoArray(x, j);
      }
      narrow(x, count, out, i);
    }
    rest.geluGrad(grad, a, out, end, to);
  }

  /** In the place of x. */
  private static void geluDerivative(double[] x, double[] e, int count) {
    for (int j = 0; j < count; j += LANES) {
      DoubleVector xs = at(x, j);
      DoubleVector es = at(e, j);
      DoubleVector d = DoubleVector.broadcast(SPECIES, 1).div(es.add(1));
      DoubleVector slope =
          xs.mul(xs).mul(3 * ScalarFunctions.GELU_CUBE).add(ScalarFunctions.GELU_SCALE);
      oneOr(es, xs).mul(d).add(xs.mul(slope).mul(es.mul(d).mul(d))).intoArray(x, j);
    }
  }

  /** {@code e^(scale |x|)} for a scale below 0. */
  private static void expOfSize(double[] x, double scale, double[] out, int count) {
    for (int j = 0; j < count; j += LANES) {
      expBelowZero(at(x, j).abs().mul(scale)).intoArray(out, j);
    }
  }

  /** {@code e^-|gate|} of GELU's gate. */
  private static void expOfGate(double[] x, double[] out, int count) {
    for (int j = 0; j < count; j += LANES) {
      DoubleVector xs = at(x, j);
      DoubleVector cube = xs.mul(xs).mul(ScalarFunctions.GELU_CUBE);
      DoubleVector gate = xs.mul(cube.add(ScalarFunctions.GELU_SCALE));
      expBelowZero(gate.abs().neg()).intoArray(out, j);
    }
  }

  /** Of numbers that are not above 0. */
  private static DoubleVector expBelowZero(DoubleVector x) {
    return expWithoutLimits(
        x.blend(
            ScalarFunctions.EXP_OF_IT_IS_ZERO, x.compare(LT, ScalarFunctions.EXP_OF_IT_IS_ZERO)));
  }

  /** 1, but e where x is below 0. */
  private static DoubleVector oneOr(DoubleVector e, DoubleVector x) {
    return DoubleVector.broadcast(SPECIES, 1).blend(e, x.compare(LT, 0));
  }

  @Override
  public void subtract(float[] a, double first, double second, float[] out, int from, int to) {
    int end = end(from, to);
    double[] x = block(from, end);
    for (int i = from; i < end; i += BLOCK) {
      int count = Math.min(BLOCK, end - i);
      widen(a, i, x, count);
      for (int j = 0; j < count; j += LANES) {
        at(x, j).sub(first).sub(second).intoArray(x, j);
      }
      narrow(x, count, out, i);
    }
    rest.subtract(a, first, second, out, end, to);
  }

  @Override
  public float max(float[] a, int from, int to) {
    int end = to - (to - from) % FLOATS.length();
    FloatVector max = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int i = from; i < end; i += FLOATS.length()) {
      max = max.max(FloatVector.fromArray(FLOATS, a, i));
    }
    return Math.max(max.reduceLanes(MAX), rest.max(a, end, to));
  }

  @Override
  public double sumOfExp(float[] a, double shift, int from, int to) {
    int end = end(from, to);
    DoubleVector sums = DoubleVector.zero(SPECIES);
    double[] x = block(from, end);
    for (int i = from; i < end; i += BLOCK) {
      int count = Math.min(BLOCK, end - i);
      widen(a, i, x, count);
      for (int j = 0; j < count; j += LANES) {
        sums = sums.add(exp(at(x, j).sub(shift)));
      }
    }
    // In a fixed order: see VectorDots.
    double sum = 0;
    for (int lane = 0; lane < LANES; lane++) {
      sum += sums.lane(lane);
    }
    return sum + rest.sumOfExp(a, shift, end, to);
  }
}
