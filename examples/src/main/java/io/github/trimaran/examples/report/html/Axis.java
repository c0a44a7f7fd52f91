package io.github.trimaran.examples.report.html;

import java.util.ArrayList;
import java.util.List;

/**
 * One axis of a chart: which values it spans and where its marks are.
 *
 * @param low the value at its beginning
 * @param high the value at its end; larger
 * @param logarithmic whether equal factors, not equal differences, have equal lengths
 * @param marks values to label, within the span
 */
record Axis(double low, double high, boolean logarithmic, List<Double> marks) {

  /** From this factor on, small values would all lie on the ground. */
  private static final double WIDE = 200;

  private static final int INTERVALS = 5;

  /** Values that differ by less, relative to their size, are drawn as one level. */
  private static final double EQUAL = 1e-6;

  /** Spans values from the least to the largest with round marks; logarithmic if they are wide. */
  static Axis of(double least, double largest) {
    if (least > 0 && largest / least > WIDE) {
      return new Axis(least, largest, true, decades(least, largest));
    }
    double size = Math.max(Math.abs(least), Math.abs(largest));
    double margin = 0;
    if (largest - least <= size * EQUAL) {
      margin = size == 0 ? 1 : size * 0.1;
    }
    double step = round((largest - least + 2 * margin) / INTERVALS);
    double from = Math.floor((least - margin) / step + 1e-9);
    double to = Math.ceil((largest + margin) / step - 1e-9);
    List<Double> marks = new ArrayList<>();
    for (int i = 0; from + i <= to; i++) {
      marks.add((from + i) * step);
    }
    return new Axis(from * step, to * step, false, marks);
  }

  /** Counts 1, 2, 3, ... up to a number; only whole numbers are marked. */
  static Axis counting(int last) {
    double step = Math.max(1, round((last - 1.0) / INTERVALS));
    List<Double> marks = new ArrayList<>(List.of(1.0));
    for (double at = step; at <= last; at += step) {
      if (at > 1) {
        marks.add(at);
      }
    }
    return new Axis(1, Math.max(2, last), false, marks);
  }

  /** How far along the axis a value lies: 0 at its beginning, 1 at its end. */
  double fraction(double value) {
    if (logarithmic) {
      return (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low));
    }
    return (value - low) / (high - low);
  }

  /** The next of 1, 2, 5 times a power of ten. */
  private static double round(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digit = step / power;
    return power * (digit <= 1 + 1e-9 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }

  private static List<Double> decades(double least, double largest) {
    int first = (int) Math.ceil(Math.log10(least));
    int last = (int) Math.floor(Math.log10(largest));
    int every = Math.max(1, (last - first) / INTERVALS);
    List<Double> marks = new ArrayList<>();
    for (int power = first; power <= last; power += every) {
      marks.add(Math.pow(10, power));
    }
    return marks;
  }
}
