package io.github.trimaran.onnx.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A number that follows from the free axes: {@code factor * product of the symbols + offset}.
 *
 * @param symbols none for a fixed number, which is the offset
 */
record Extent(List<Symbol> symbols, long factor, long offset) {

  static Extent fixed(long number) {
    return new Extent(List.of(), 0, number);
  }

  /** The extent that gives these numbers in the runs; null if none is found. */
  static Extent of(List<Symbol> symbols, int... numbers) {
    if (Arrays.stream(numbers).distinct().count() == 1) {
      return fixed(numbers[0]);
    }
    Extent found = null;
    for (int set = 1; set < 1 << symbols.size(); set++) {
      List<Symbol> some = new ArrayList<>();
      for (int i = 0; i < symbols.size(); i++) {
        if ((set >> i & 1) != 0) {
          some.add(symbols.get(i));
        }
      }
      Extent one = linear(some, numbers);
      if (one != null && (found == null || (one.offset == 0 && found.offset != 0))) {
        found = one;
      }
    }
    return found;
  }

  private static Extent linear(List<Symbol> symbols, int... numbers) {
    long[] products = new long[numbers.length];
    for (int run = 0; run < products.length; run++) {
      int at = run;
      products[run] = symbols.stream().mapToLong(s -> s.extents()[at]).reduce(1, (m, n) -> m * n);
    }
    int other = 1;
    while (other < products.length && products[other] == products[0]) {
      other++;
    }
    if (other == products.length) {
      return null;
    }
    long factor = (numbers[other] - numbers[0]) / (products[other] - products[0]);
    long offset = numbers[0] - factor * products[0];
    for (int run = 0; run < numbers.length; run++) {
      if (factor * products[run] + offset != numbers[run]) {
        return null;
      }
    }
    return new Extent(symbols, factor, offset);
  }

  boolean isFixed() {
    return symbols.isEmpty();
  }

  boolean isBounded() {
    return symbols.stream().allMatch(Symbol::bounded);
  }

  /** As a file has it: a number, a name or a formula. */
  @Override
  public String toString() {
    if (isFixed()) {
      return Long.toString(offset);
    }
    String product = symbols.stream().map(Symbol::name).collect(Collectors.joining("*"));
    return (factor == 1 ? "" : factor + "*")
        + product
        + (offset == 0 ? "" : offset > 0 ? "+" + offset : "" + offset);
  }
}
