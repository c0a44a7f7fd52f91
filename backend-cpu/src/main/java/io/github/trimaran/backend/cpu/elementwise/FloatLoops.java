package io.github.trimaran.backend.cpu.elementwise;

import io.github.trimaran.backend.cpu.kernels.Functions;

/**
 * Elementwise operations on float. Every loop runs over the same positions of all its arrays: that
 * is the form the JIT turns into SIMD instructions.
 */
public final class FloatLoops {

  private FloatLoops() {}

  /** {@code out[i] = op(a[i], b[i])} for {@code from <= i < to}. */
  static void binary(BinaryOp op, float[] a, float[] b, float[] out, int from, int to) {
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
          out[i] = (float) Math.pow(a[i], b[i]);
        }
      }
    }
  }

  /** {@code out[i] = op(a[i], c)} for {@code from <= i < to}; most operations have no {@code c}. */
  static void unary(
      UnaryOp op, float[] a, double constant, float[] out, int from, int to, Functions functions) {
    float c = (float) constant;
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
          out[i] = a[i] + c;
        }
      }
      case MUL_SCALAR -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] * c;
        }
      }
      case DIV_SCALAR -> {
        for (int i = from; i < to; i++) {
          out[i] = a[i] / c;
        }
      }
      case EXP -> functions.exp(a, out, from, to);
      case LOG -> functions.log(a, out, from, to);
      case SQRT -> {
        for (int i = from; i < to; i++) {
          out[i] = (float) Math.sqrt(a[i]);
        }
      }
      case SIN -> {
        for (int i = from; i < to; i++) {
          out[i] = (float) Math.sin(a[i]);
        }
      }
      case COS -> {
        for (int i = from; i < to; i++) {
          out[i] = (float) Math.cos(a[i]);
        }
      }
      case TANH -> functions.tanh(a, out, from, to);
      case ERF -> functions.erf(a, out, from, to);
      case POW_SCALAR -> {
        for (int i = from; i < to; i++) {
          out[i] = (float) Math.pow(a[i], constant);
        }
      }
      case RELU -> {
        for (int i = from; i < to; i++) {
          out[i] = Math.max(a[i], 0);
        }
      }
      case SIGMOID -> functions.sigmoid(a, out, from, to);
      case GELU -> functions.gelu(a, out, from, to);
    }
  }

  /** {@code out[i] = op(a[i], b[i])} for {@code from <= i < to}. */
  static void compare(CompareOp op, float[] a, float[] b, boolean[] out, int from, int to) {
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
  static void select(boolean[] condition, float[] a, float[] b, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = condition[i] ? a[i] : b[i];
    }
  }

  /** {@code out[i] = output[i] > 0 ? grad[i] : 0} for {@code from <= i < to}. */
  static void keepWherePositive(float[] grad, float[] output, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      // Signs follow no pattern: a mask is much faster than a branch that is predicted wrongly.
      int mask = output[i] > 0 ? -1 : 0;
      out[i] = Float.intBitsToFloat(Float.floatToRawIntBits(grad[i]) & mask);
    }
  }

  /** {@code out[i] = x[i] * factor + term} for {@code from <= i < to}. */
  public static void affine(float[] x, float factor, float term, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = x[i] * factor + term;
    }
  }

  /** {@code out[i] = a * g[i] + b * x[i] + d} for {@code from <= i < to}. */
  public static void combine(
      float[] g, float a, float[] x, float b, float d, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = a * g[i] + b * x[i] + d;
    }
  }

  /** {@code sums[i] = sums[i] + added[i]}, rectified if asked, for {@code from <= i < to}. */
  static void addTo(float[] sums, float[] added, boolean relu, int from, int to) {
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
      float[] x, float factor, float term, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = Math.max(x[i] * factor + term, 0);
    }
  }

  /**
   * The gradient of {@link #affineRelu} to what it rectifies: {@code out[i] = x[i] * factor + term
   * > 0 ? grad[i] : 0} for {@code from <= i < to}.
   */
  public static void affineReluGrad(
      float[] grad, float[] x, float factor, float term, float[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      int mask = x[i] * factor + term > 0 ? -1 : 0;
      out[i] = Float.intBitsToFloat(Float.floatToRawIntBits(grad[i]) & mask);
    }
  }
}
