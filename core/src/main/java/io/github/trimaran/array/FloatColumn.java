package io.github.trimaran.array;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * How the floats of one array are written so that their points stand below each other: with at most
 * 4 decimals and no more than any of them needs, as powers of ten where some are 1e8 or more, below
 * 1e-4, or more than a thousand times as large as others.
 */
final class FloatColumn {

  private static final int DECIMALS = 4;

  private final HostArray array;
  private final boolean scientific;
  private int decimals;
  private int exponentDigits = 2;
  private int width;

  private FloatColumn(HostArray array, boolean scientific) {
    this.array = array;
    this.scientific = scientific;
  }

  /** For the elements at these positions. */
  static FloatColumn of(HostArray array, int... shown) {
    double[] finite =
        Arrays.stream(shown).mapToDouble(array::get).filter(Double::isFinite).toArray();
    FloatColumn column = new FloatColumn(array, isScientific(finite));
    for (int position : shown) {
      column.makeRoomBehindThePoint(position);
    }
    for (int position : shown) {
      column.width = Math.max(column.width, column.unaligned(position).length());
    }
    return column;
  }

  private static boolean isScientific(double... values) {
    double[] sizes = Arrays.stream(values).map(Math::abs).filter(v -> v > 0).sorted().toArray();
    if (sizes.length == 0) {
      return false;
    }
    double least = sizes[0];
    double most = sizes[sizes.length - 1];
    return most >= 1e8 || least < 1e-4 || most / least > 1000;
  }

  private void makeRoomBehindThePoint(int position) {
    if (Double.isFinite(array.get(position))) {
      Parts parts = parts(position);
      decimals = Math.max(decimals, parts.fraction().length());
      int digits = Integer.toString(Math.abs(parts.exponent())).length();
      exponentDigits = Math.max(exponentDigits, digits);
    }
  }

  /** The element at a position, as wide as the others. */
  String text(int position) {
    String text = unaligned(position);
    return " ".repeat(width - text.length()) + text;
  }

  private String unaligned(int position) {
    double value = array.get(position);
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    Parts parts = parts(position);
    String room = (scientific ? "0" : " ").repeat(decimals - parts.fraction().length());
    String number = parts.whole() + "." + parts.fraction() + room;
    if (!scientific) {
      return number;
    }
    String power = Integer.toString(Math.abs(parts.exponent()));
    String zeros = "0".repeat(exponentDigits - power.length());
    return number + (parts.exponent() < 0 ? "e-" : "e+") + zeros + power;
  }

  /** A number: what stands before the point, behind it, and after the e. */
  private record Parts(String whole, String fraction, int exponent) {}

  private Parts parts(int position) {
    double value = array.get(position);
    BigDecimal rounded = rounded(position).abs();
    int exponent = scientific && value != 0 ? rounded.precision() - rounded.scale() - 1 : 0;
    BigDecimal digits = rounded.movePointLeft(exponent).stripTrailingZeros();
    String[] split = digits.toPlainString().split("\\.", 2);
    // Of -0 too.
    String sign = Math.copySign(1, value) < 0 ? "-" : "";
    return new Parts(sign + split[0], split.length > 1 ? split[1] : "", exponent);
  }

  /** The shortest decimal that stands for the value or, where that is too long, it rounded. */
  private BigDecimal rounded(int position) {
    BigDecimal exact = new BigDecimal(array.get(position));
    BigDecimal shortest =
        new BigDecimal(
                array.dtype() == DType.FLOAT32
                    ? Float.toString(array.floats()[position])
                    : Double.toString(array.doubles()[position]))
            .stripTrailingZeros();
    if (scientific) {
      return shortest.precision() <= DECIMALS + 1
          ? shortest
          : exact.round(new MathContext(DECIMALS + 1, RoundingMode.HALF_EVEN));
    }
    return shortest.scale() <= DECIMALS
        ? shortest
        : exact.setScale(DECIMALS, RoundingMode.HALF_EVEN);
  }
}
