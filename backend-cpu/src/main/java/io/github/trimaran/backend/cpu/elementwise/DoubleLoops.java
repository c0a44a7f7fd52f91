package io.github.trimaran.backend.cpu.elementwise;

/**
 * Elementwise operations on double. Every loop runs over the same positions of all its arrays: that
 * is the form the JIT turns into SIMD instructions.
 */
public final class DoubleLoops {

  private DoubleLoops() {}

  /** {@code out[i] = op(a[i], b[i])} for {@code from <= i < to}. */
  static void binary(BinaryOp op, double[] a, double[] b, double[] out, int from, int to) {
    switch (op) {
      case ADD -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] + b[i];
        }
      }
      case SUB -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] - b[i];
        }
      }
      case MUL -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] * b[i];
        }
      }
      case DIV -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] / b[i];
        }
      }
      case MAXIMUM -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.max(a[i], b[i]);
        }
      }
      case MINIMUM -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.min(a[i], b[i]);
        }
      }
      case POW -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.pow(a[i], b[i]);
        }
      }
    }
  }

  /** {@code out[i] = op(a[i], c)} for {@code from <= i < to}; most operations have no {@code c}. */
  static void unary(UnaryOp op, double[] a, double constant, double[] out, int from, int to) {
    switch (op) {
      case NEG -> {
        for (int i = from; i < to; i++) {
          out[i] = -a[i];
        }
      }
      case ABS -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.abs(a[i]);
        }
      }
      case SIGN -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.signum(a[i]);
        }
      }
      case ADD_SCALAR -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] + constant;
        }
      }
      case MUL_SCALAR -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] * constant;
        }
      }
      case DIV_SCALAR -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] / constant;
        }
      }
      case EXP -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.exp(a[i]);
        }
      }
      case LOG -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.log(a[i]);
        }
      }
      case SQRT -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.sqrt(a[i]);
        }
      }
      case SIN -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.sin(a[i]);
        }
      }
      case COS -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.cos(a[i]);
        }
      }
      case TANH -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.tanh(a[i]);
        }
      }
      case ERF -> {
        for (int i = from; i < to; i++) {
          out[i] = Erf.erf(a[i]);
        }
      }
      case POW_SCALAR -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.pow(a[i], constant);
        }
      }
      case RELU -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.max(a[i], 0);
        }
      }
      case SIGMOID -> {
        for (int i = from; i < to; i++) {
          out[i] = sigmoid(a[i]);
        }
      }
      case GELU -> {
        for (int i = from; i < to; i++) {
          out[i] = gelu(a[i]);
        }
      }
    }
  }

  /** {@code out[i] = op(a[i], b[i])} for {@code from <= i < to}. */
  static void compare(CompareOp op, double[] a, double[] b, boolean[] out, int from, int to) {
    switch (op) {
      case GREATER -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] > b[i];
        }
      }
      case GREATER_EQUAL -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] >= b[i];
        }
      }
      case EQUAL -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] == b[i];
        }
      }
    }
  }

  /** {@code out[i] = condition[i] ? a[i] : b[i]} for {@code from <= i < to}. */
  static void select(boolean[] condition, double[] a, double[] b, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = condition[i] ? a[i] : b[i];
    }
  }

  /** {@code 1 / (1 + exp(-x))}; exp of a negative number cannot overflow. */
  static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  // (1 + tanh(u)) / 2 = sigmoid(2 u), and the JVM has exp as an instruction sequence, not tanh.
  private static final double GELU_SCALE = 2 * Math.sqrt(2 / Math.PI);
  private static final double GELU_CUBE = 0.044715;

  /** {@code x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))}. */
  static double gelu(double x) {
    return x * sigmoid(GELU_SCALE * (x + GELU_CUBE * x * x * x));
  }

  /** The derivative of {@link #gelu}. */
  static double geluDerivative(double x) {
    double gated = GELU_SCALE * (x + GELU_CUBE * x * x * x);
    double slope = GELU_SCALE * (1 + 3 * GELU_CUBE * x * x);
    // Both from one exponential, which keeps 1 - sigmoid from cancelling.
    double e = Math.exp(-Math.abs(gated));
    double gate = gated >= 0 ? 1 / (1 + e) : e / (1 + e);
    return gate + x * slope * e / ((1 + e) * (1 + e));
  }

  /** {@code out[i] = grad[i] * gelu'(x[i])} for {@code from <= i < to}. */
  static void geluGrad(double[] grad, double[] x, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = grad[i] * geluDerivative(x[i]);
    }
  }

  /** {@code out[i] = output[i] > 0 ? grad[i] : 0} for {@code from <= i < to}. */
  static void keepWherePositive(double[] grad, double[] output, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      // Signs follow no pattern: a mask is much faster than a branch that is predicted wrongly.
      long mask = output[i] > 0 ? -1 : 0;
      out[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(grad[i]) & mask);
    }
  }

  /** {@code out[i] = x[i] * factor + term} for {@code from <= i < to}. */
  public static void affine(
      double[] x, double factor, double term, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] * factor + term;
    }
  }

  /** {@code out[i] = a * g[i] + b * x[i] + d} for {@code from <= i < to}. */
  public static void combine(
      double[] g, double a, double[] x, double b, double d, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = a * g[i] + b * x[i] + d;
    }
  }

  /** {@code sums[i] = sums[i] + added[i]}, rectified if asked, for {@code from <= i < to}. */
  static void addTo(double[] sums, double[] added, boolean relu, int from, int to) {
    if (relu) {
      for (int i = from; i < to; i++) {
        sums[i] = Math.max(sums[i] + added[i], 0);
      }
    } else {
      for (int i = from; i < to; i++) {
        sums[i] += added[i];
      }
    }
  }

  /** {@code out[i] = max(x[i] * factor + term, 0)} for {@code from <= i < to}. */
  public static void affineRelu(
      double[] x, double factor, double term, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Math.max(x[i] * factor + term, 0);
    }
  }

  /**
   * The gradient of {@link #affineRelu} to what it rectifies: {@code out[i] = x[i] * factor + term
   * > 0 ? grad[i] : 0} for {@code from <= i < to}.
   */
  public static void affineReluGrad(
      double[] grad, double[] x, double factor, double term, double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      long mask = x[i] * factor + term > 0 ? -1 : 0;
      out[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(grad[i]) & mask);
    }
  }
}
