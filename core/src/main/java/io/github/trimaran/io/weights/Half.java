package io.github.trimaran.io.weights;

/**
 * The 16-bit floating-point formats of files: IEEE 754 binary16 and bfloat16.
 *
 * <pre>{@code
 * float half = Half.toFloat((short) 0x3800); // 0.5
 * }</pre>
 */
public final class Half {

  private Half() {}

  /** The exact value of a binary16: 1 sign, 5 exponent (bias 15) and 10 mantissa bits. */
  public static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1f;
    int mantissa = half & 0x3ff;
    if (exponent == 0x1f) {
      return Float.intBitsToFloat(sign | 0x7f800000 | mantissa << 13);
    }
    if (exponent == 0) {
      return Math.copySign(mantissa * 0x1p-24f, Float.intBitsToFloat(sign | 0x3f800000));
    }
    return Float.intBitsToFloat(sign | (exponent + 127 - 15) << 23 | mantissa << 13);
  }

  /** The nearest binary16, ties to even; overflow gives an infinity. */
  static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 65520) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude < 0x1p-14f) {
      // Adding 0.5 moves the last bit that binary16 keeps to the last bit of the float, which
      // rounds.
      return (short) (sign | Float.floatToRawIntBits(magnitude + 0.5f) - 0x3f000000);
    }
    int rebiased = (bits & 0x7fffffff) - ((127 - 15) << 23);
    int lastKept = (rebiased >>> 13) & 1;
    return (short) (sign | (rebiased + 0xfff + lastKept) >>> 13);
  }

  /** The exact value of a bfloat16: the upper half of a float. */
  public static float bfloatToFloat(short bfloat) {
    return Float.intBitsToFloat(bfloat << 16);
  }
}
