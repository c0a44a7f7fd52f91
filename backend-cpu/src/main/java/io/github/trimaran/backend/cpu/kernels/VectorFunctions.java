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
 * short: the JIT stops inlining in a long one. What follows the exponential is a second loop over
 * blocks of a few elements.
 */
final class VectorFunctions implements Functions {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  private static final int LANES = SPECIES.length();

  /** Intermediate values that stay in the first-level cache. */
  private static final int BLOCK = 512;

  private final Functions rest = new ScalarFunctions();

  private static int end(int from, int to) {
    return to - (to - from) % LANES;
  }

  /**
   * Widens, and {@link #store} narrows, one by one. With half a register of floats there would be a
   * second class of FloatVector. The JIT then no longer knows which of the two a variable of a
   * matrix product's innermost loop holds, keeps objects instead of registers, and all products of
   * the program take ten to thirty times as long.
   */
  private static DoubleVector load(float[] a, double[] lanes, int i) {
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = a[i + lane];
    }
    return DoubleVector.fromArray(SPECIES, lanes, 0);
  }

  private static void store(DoubleVector y, double[] lanes, float[] out, int i) {
    y.intoArray(lanes, 0);
    for (int lane = 0; lane < LANES; lane++) {
      out[i + lane] = (float) lanes[lane];
    }
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
    double[] lanes = new double[LANES];
    for (int i = from; i < end; i += LANES) {
      store(exp(load(a, lanes, i)), lanes, out, i);
    }
    rest.exp(a, out, end, to);
  }

  @Override
  public void log(float[] a, float[] out, int from, int to) {
    int end = end(from, to);
    double[] lanes = new double[LANES];
    for (int i = from; i < end; i += LANES) {
      store(log(load(a, lanes, i)), lanes, out, i);
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
    double[] lanes = new double[LANES];
    for (int i = from; i < end; i += LANES) {
      store(erf(load(a, lanes, i)), lanes, out, i);
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
    double[] e = new double[BLOCK];
    for (int i = from; i < end; i += BLOCK) {
      int stop = Math.min(i + BLOCK, end);
      expOfSize(a, -2, e, i, stop);
      tanh(a, e, out, i, stop);
    }
    rest.tanh(a, out, end, to);
  }

  private static void tanh(float[] a, double[] exp, float[] out, int from, int to) {
    double[] lanes = new double[LANES];
    for (int i = from; i < to; i += LANES) {
      DoubleVector x = load(a, lanes, i);
      DoubleVector e = DoubleVector.fromArray(SPECIES, exp, i - from);
      DoubleVector y = e.neg().add(1).div(e.add(1));
      y = y.blend(y.neg(), x.compare(LT, 0));
      store(y.blend(x, x.abs().compare(LT, ScalarFunctions.TANH_IS_X)), lanes, out, i);
    }
  }

  @Override
  public void sigmoid(float[] a, float[] out, int from, int to) {
    int end = end(from, to);
    double[] e = new double[BLOCK];
    for (int i = from; i < end; i += BLOCK) {
      int stop = Math.min(i + BLOCK, end);
      expOfSize(a, -1, e, i, stop);
      sigmoid(a, e, out, i, stop);
    }
    rest.sigmoid(a, out, end, to);
  }

  private static void sigmoid(float[] a, double[] exp, float[] out, int from, int to) {
    double[] lanes = new double[LANES];
    for (int i = from; i < to; i += LANES) {
      DoubleVector e = DoubleVector.fromArray(SPECIES, exp, i - from);
      store(oneOr(e, load(a, lanes, i)).div(e.add(1)), lanes, out, i);
    }
  }

  @Override
  public void gelu(float[] a, float[] out, int from, int to) {
    int end = end(from, to);
    double[] e = new double[BLOCK];
    for (int i = from; i < end; i += BLOCK) {
      int stop = Math.min(i + BLOCK, end);
      expOfGate(a, e, i, stop);
      gelu(a, e, out, i, stop);
    }
    rest.gelu(a, out, end, to);
  }

  private static void gelu(float[] a, double[] exp, float[] out, int from, int to) {
    double[] lanes = new double[LANES];
    for (int i = from; i < to; i += LANES) {
      DoubleVector x = load(a, lanes, i);
      DoubleVector e = DoubleVector.fromArray(SPECIES, exp, i - from);
      store(x.mul(oneOr(e, x)).div(e.add(1)), lanes, out, i);
    }
  }

  @Override
  public void geluGrad(float[] grad, float[] a, float[] out, int from, int to) {
    int end = end(from, to);
    double[] e = new double[BLOCK];
    for (int i = from; i < end; i += BLOCK) {
      int stop = Math.min(i + BLOCK, end);
      expOfGate(a, e, i, stop);
      geluGrad(grad, a, e, out, i, stop);
    }
    rest.geluGrad(grad, a, out, end, to);
  }

  private static void geluGrad(
      float[] grad, float[] a, double[] exp, float[] out, int from, int to) {
    double[] lanes = new double[LANES];
    for (int i = from; i < to; i += LANES) {
      DoubleVector x = load(a, lanes, i);
      DoubleVector e = DoubleVector.fromArray(SPECIES, exp, i - from);
      DoubleVector d = DoubleVector.broadcast(SPECIES, 1).div(e.add(1));
      DoubleVector slope =
          x.mul(x).mul(3 * ScalarFunctions.GELU_CUBE).add(ScalarFunctions.GELU_SCALE);
      DoubleVector derivative = oneOr(e, x).mul(d).add(x.mul(slope).mul(e.mul(d).mul(d)));
      store(load(grad, lanes, i).mul(derivative), lanes, out, i);
    }
  }

  /** {@code e^(scale |a|)} for a scale below 0. */
  private static void expOfSize(float[] a, double scale, double[] out, int from, int to) {
    double[] lanes = new double[LANES];
    for (int i = from; i < to; i += LANES) {
      expBelowZero(load(a, lanes, i).abs().mul(scale)).intoArray(out, i - from);
    }
  }

  /** {@code e^-|gate|} of GELU's gate. */
  private static void expOfGate(float[] a, double[] out, int from, int to) {
    double[] lanes = new double[LANES];
    for (int i = from; i < to; i += LANES) {
      DoubleVector x = load(a, lanes, i);
      DoubleVector cube = x.mul(x).mul(ScalarFunctions.GELU_CUBE);
      DoubleVector gate = x.mul(cube.add(ScalarFunctions.GELU_SCALE));
      expBelowZero(gate.abs().neg()).intoArray(out, i - from);
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
    double[] lanes = new double[LANES];
    for (int i = from; i < end; i += LANES) {
      store(load(a, lanes, i).sub(first).sub(second), lanes, out, i);
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
    double[] lanes = new double[LANES];
    for (int i = from; i < end; i += LANES) {
      sums = sums.add(exp(load(a, lanes, i).sub(shift)));
    }
    // In a fixed order: see VectorDots.
    double sum = 0;
    for (int lane = 0; lane < LANES; lane++) {
      sum += sums.lane(lane);
    }
    return sum + rest.sumOfExp(a, shift, end, to);
  }
}
