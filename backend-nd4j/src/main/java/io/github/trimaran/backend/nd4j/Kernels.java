package io.github.trimaran.backend.nd4j;

import io.github.trimaran.backend.nd4j.Flat.Kernel;

/** The kernels of {@link Flat}. */
final class Kernels {

  /** {@code a + b}. */
  static final Kernel ADD =
      new Kernel(
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = a[i] + b[i];
            }
          },
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = a[i] + b[i];
            }
          },
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = a[i] + b[i];
            }
          });

  /** The larger, NaN if either is; ND4J's own loses the NaN. */
  static final Kernel MAXIMUM =
      new Kernel(
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = Math.max(a[i], b[i]);
            }
          },
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = Math.max(a[i], b[i]);
            }
          },
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = Math.max(a[i], b[i]);
            }
          });

  /** The smaller, NaN if either is. */
  static final Kernel MINIMUM =
      new Kernel(
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = Math.min(a[i], b[i]);
            }
          },
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = Math.min(a[i], b[i]);
            }
          },
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = Math.min(a[i], b[i]);
            }
          });

  /** As {@link Math#pow}, which differs from C's at infinite and NaN exponents. */
  static final Kernel POW =
      new Kernel(
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = (float) Math.pow(a[i], b[i]);
            }
          },
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = Math.pow(a[i], b[i]);
            }
          },
          null);

  /**
   * {@code a} where {@code b}, a ReLU's output, is above 0; else 0. By masks: branches would be
   * mispredicted half the time, as they are in ND4J's {@code relu_bp}.
   */
  static final Kernel RELU_GRAD =
      new Kernel(
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              int kept = positive(Float.floatToRawIntBits(b[i]));
              z[i] = Float.intBitsToFloat(Float.floatToRawIntBits(a[i]) & kept);
            }
          },
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              long kept = positive(Double.doubleToRawLongBits(b[i]));
              z[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(a[i]) & kept);
            }
          },
          null);

  /** {@code max(a, 0)}; NaN for NaN. */
  static final Kernel RELU =
      new Kernel(
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = Math.max(a[i], 0);
            }
          },
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = Math.max(a[i], 0);
            }
          },
          null);

  /**
   * Hyperbolic tangent; ND4J's own is inexact near 0. In double precision the short formula is
   * exact enough for floats, and three times as fast as {@link Math#tanh}.
   */
  static final Kernel TANH =
      new Kernel(
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              double small = Math.exp(-2.0 * Math.abs(a[i]));
              z[i] = (float) Math.copySign((1 - small) / (1 + small), a[i]);
            }
          },
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = Math.tanh(a[i]);
            }
          },
          null);

  /** The exponential is of what is never above 0, so it cannot overflow. */
  static final Kernel SIGMOID =
      new Kernel(
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = (float) sigmoid(a[i]);
            }
          },
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = sigmoid(a[i]);
            }
          },
          null);

  /** -1, 0 or 1, NaN for NaN. */
  static final Kernel SIGN =
      new Kernel(
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = Math.signum(a[i]);
            }
          },
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = Math.signum(a[i]);
            }
          },
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = Long.signum(a[i]);
            }
          });

  private Kernels() {}

  /** All ones for the bits of a number above 0, else none; so also for NaN. */
  private static int positive(int bits) {
    return ~(((bits - 1) | (0x7f800000 - bits)) >> 31);
  }

  private static long positive(long bits) {
    return ~(((bits - 1) | (0x7ff0000000000000L - bits)) >> 63);
  }

  private static double sigmoid(double x) {
    double small = Math.exp(-Math.abs(x));
    return (x < 0 ? small : 1) / (1 + small);
  }

  /** {@code a + c}. */
  static Kernel addScalar(double c) {
    float single = (float) c;
    long whole = (long) c;
    return new Kernel(
        (a, b, z, n) -> {
          for (int i = 0; i < n; i++) {
            z[i] = a[i] + single;
          }
        },
        (a, b, z, n) -> {
          for (int i = 0; i < n; i++) {
            z[i] = a[i] + c;
          }
        },
        (a, b, z, n) -> {
          for (int i = 0; i < n; i++) {
            z[i] = a[i] + whole;
          }
        });
  }

  /** {@code a * c}. */
  static Kernel mulScalar(double c) {
    float single = (float) c;
    long whole = (long) c;
    return new Kernel(
        (a, b, z, n) -> {
          for (int i = 0; i < n; i++) {
            z[i] = a[i] * single;
          }
        },
        (a, b, z, n) -> {
          for (int i = 0; i < n; i++) {
            z[i] = a[i] * c;
          }
        },
        (a, b, z, n) -> {
          for (int i = 0; i < n; i++) {
            z[i] = a[i] * whole;
          }
        });
  }

  /** {@code a / c}. */
  static Kernel divScalar(double c) {
    float single = (float) c;
    return new Kernel(
        (a, b, z, n) -> {
          for (int i = 0; i < n; i++) {
            z[i] = a[i] / single;
          }
        },
        (a, b, z, n) -> {
          for (int i = 0; i < n; i++) {
            z[i] = a[i] / c;
          }
        },
        null);
  }

  /**
   * {@code a} to the power {@code c}, rounded to the operand's type first, as an operand would be.
   */
  static Kernel powScalar(double c) {
    if (c == 2) {
      return new Kernel(
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = a[i] * a[i];
            }
          },
          (a, b, z, n) -> {
            for (int i = 0; i < n; i++) {
              z[i] = a[i] * a[i];
            }
          },
          null);
    }
    double single = (float) c;
    return new Kernel(
        (a, b, z, n) -> {
          for (int i = 0; i < n; i++) {
            z[i] = (float) Math.pow(a[i], single);
          }
        },
        (a, b, z, n) -> {
          for (int i = 0; i < n; i++) {
            z[i] = Math.pow(a[i], c);
          }
        },
        null);
  }
}
