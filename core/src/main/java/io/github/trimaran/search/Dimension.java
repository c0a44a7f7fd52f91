package io.github.trimaran.search;

import io.github.trimaran.random.Rng;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The values that one setting may have, and how one of them is drawn.
 *
 * <pre>{@code
 * Dimension depth = new Dimension.OneOf(List.of(1L, 2L, 3L));
 * Object drawn = depth.draw(Rng.seeded(1));
 * }</pre>
 */
public interface Dimension {

  /** Draws a value: a {@code Long}, {@code Double}, {@code Boolean} or {@code String}. */
  Object draw(Rng rng);

  /** Whether a value is one of these. */
  boolean contains(Object value);

  /**
   * Each of these values as likely as the others.
   *
   * @param values without repeats
   */
  record OneOf(List<Object> values) implements Dimension {

    /** Requires at least one value, and no value twice. */
    public OneOf {
      values = List.copyOf(values);
      if (values.isEmpty() || values.stream().distinct().count() < values.size()) {
        throw new IllegalArgumentException("space: needs values, each once, has " + values);
      }
    }

    @Override
    public Object draw(Rng rng) {
      return values.get(rng.nextInt(values.size()));
    }

    @Override
    public boolean contains(Object value) {
      return values.contains(value);
    }

    @Override
    public String toString() {
      return values.stream().map(Objects::toString).collect(Collectors.joining(", "));
    }
  }

  /**
   * A number whose logarithm is uniform: each power of ten of the range is as likely as another.
   * Drawn numbers have three digits, so that what a table shows is what was tried.
   *
   * @param low least, over 0
   * @param high greatest
   */
  record LogUniform(double low, double high) implements Dimension {

    private static final MathContext DIGITS = new MathContext(3);

    /** Requires a range of numbers over 0. */
    public LogUniform {
      if (!(low > 0 && high >= low && high < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "space: a logarithmic range must go up from over 0, is " + low + " to " + high);
      }
    }

    @Override
    public Object draw(Rng rng) {
      double exact = low * StrictMath.pow(high / low, rng.nextDouble());
      double rounded = new BigDecimal(exact).round(DIGITS).doubleValue();
      return Math.min(high, Math.max(low, rounded));
    }

    @Override
    public boolean contains(Object value) {
      return value instanceof Double number && number >= low && number <= high;
    }

    @Override
    public String toString() {
      return low + " to " + high + ", logarithmic";
    }
  }
}
