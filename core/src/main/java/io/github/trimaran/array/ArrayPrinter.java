package io.github.trimaran.array;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Values as text, laid out as NumPy does: nested in brackets, numbers with at most 4 decimals in
 * columns, and of more than 1000 elements only the first and last three along each axis.
 */
final class ArrayPrinter {

  private static final int MOST = 1000;
  private static final int EDGE = 3;
  private static final int LINE = 75;

  private final Shape shape;
  private final boolean elided;
  private final IntFunction<String> element;

  private ArrayPrinter(HostArray array) {
    shape = array.shape();
    elided = shape.size() > MOST;
    element = format(array);
  }

  static String print(HostArray array) {
    if (array.shape().isEmpty()) {
      return "[]";
    }
    ArrayPrinter printer = new ArrayPrinter(array);
    return array.shape().rank() == 0 ? printer.element.apply(0).strip() : printer.nested(0, 0);
  }

  private IntFunction<String> format(HostArray array) {
    IntStream shown = IntStream.range(0, shape.size()).filter(shown());
    switch (array.dtype()) {
      case FLOAT32, FLOAT64 -> {
        return FloatColumn.of(array, shown.toArray())::text;
      }
      case INT64 -> {
        long[] values = array.longs();
        int width = shown.map(i -> Long.toString(values[i]).length()).max().orElse(1);
        return i -> String.format(Locale.ROOT, "%" + width + "d", values[i]);
      }
      case BOOL -> {
        return i -> array.booleans()[i] ? " True" : "False";
      }
    }
    throw new IllegalArgumentException("array: cannot print " + array.dtype());
  }

  private IntPredicate shown() {
    int[] strides = shape.strides();
    return position ->
        IntStream.range(0, shape.rank())
            .allMatch(axis -> isShown(axis, position / strides[axis] % shape.dim(axis)));
  }

  private boolean isShown(int axis, int index) {
    return !isCut(axis) || index < EDGE || index >= shape.dim(axis) - EDGE;
  }

  private boolean isCut(int axis) {
    return elided && shape.dim(axis) > 2 * EDGE;
  }

  /** What is inside of an axis, from an element on, in brackets. */
  private String nested(int axis, int start) {
    int stride = shape.strides()[axis];
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < shape.dim(axis); i++) {
      if (isShown(axis, i)) {
        int at = start + i * stride;
        parts.add(axis == shape.rank() - 1 ? element.apply(at) : nested(axis + 1, at));
      } else if (i == EDGE) {
        parts.add("...");
      }
    }
    String indent = " ".repeat(axis + 1);
    return axis == shape.rank() - 1
        ? "[" + wrapped(parts, indent, LINE - indent.length()) + "]"
        : "[" + String.join("\n".repeat(shape.rank() - 1 - axis) + indent, parts) + "]";
  }

  /** Words side by side, in lines of this width; the first begins after an indent. */
  private static String wrapped(List<String> words, String indent, int width) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder(indent);
    for (String word : words) {
      if (line.length() + word.length() > width && line.length() > indent.length()) {
        lines.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(indent);
      }
      line.append(word).append(' ');
    }
    lines.append(line, 0, line.length() - 1);
    return lines.substring(indent.length());
  }
}
