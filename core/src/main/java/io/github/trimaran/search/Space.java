package io.github.trimaran.search;

import io.github.trimaran.random.Rng;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The settings a search may choose from: named dimensions, and a limit on what may come together.
 *
 * <pre>{@code
 * Space space = Space.builder()
 *     .oneOf("depth", 1L, 2L, 3L)
 *     .logUniform("learning_rate", 5e-4, 1e-2)
 *     .build();
 * }</pre>
 */
public final class Space {

  /** So many draws in a row that do not fit mean that hardly any would. */
  private static final int PATIENCE = 10_000;

  private final Map<String, Dimension> dimensions;
  private final Predicate<Values> limit;

  private Space(Map<String, Dimension> dimensions, Predicate<Values> limit) {
    this.dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    this.limit = limit;
  }

  /** An empty space to add dimensions to. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects dimensions. */
  public static final class Builder {

    private final Map<String, Dimension> dimensions = new LinkedHashMap<>();
    private Predicate<Values> limit = values -> true;

    private Builder() {}

    /** Whole numbers ({@code Long}), numbers, truth values or words. */
    public Builder oneOf(String name, Object... values) {
      dimensions.put(name, new Dimension.OneOf(List.of(values)));
      return this;
    }

    /** A number from a range over several powers of ten. */
    public Builder logUniform(String name, double low, double high) {
      dimensions.put(name, new Dimension.LogUniform(low, high));
      return this;
    }

    /** What values must be like together. */
    public Builder limit(Predicate<Values> allowed) {
      limit = allowed;
      return this;
    }

    /** The space. */
    public Space build() {
      return new Space(dimensions, limit);
    }
  }

  /** The dimensions by name, in the order they were declared. */
  public Map<String, Dimension> dimensions() {
    return dimensions;
  }

  /** The same with one dimension fixed to a value, which need not have been among its choices. */
  public Space fixed(String name, Object value) {
    if (!dimensions.containsKey(name)) {
      throw new IllegalArgumentException("space: there is no dimension '" + name + "'");
    }
    Map<String, Dimension> changed = new LinkedHashMap<>(dimensions);
    changed.put(name, new Dimension.OneOf(List.of(value)));
    return new Space(changed, limit);
  }

  /** Whether these values are all in their dimensions, none too many, and within the limit. */
  public boolean contains(Values values) {
    return values.byName().keySet().equals(dimensions.keySet())
        && dimensions.entrySet().stream()
            .allMatch(entry -> entry.getValue().contains(values.byName().get(entry.getKey())))
        && limit.test(values);
  }

  /**
   * Draws candidates, no two alike. The first ones are the same however many are drawn.
   *
   * @param rng everything random follows from its state; it is not advanced
   * @throws IllegalArgumentException if the space has not that many
   */
  public List<Values> sample(int count, Rng rng) {
    Set<Values> found = new LinkedHashSet<>();
    int misses = 0;
    for (int i = 0; found.size() < count; i++) {
      Values drawn = draw(rng.fork(i));
      if (limit.test(drawn) && found.add(drawn)) {
        misses = 0;
      } else if (++misses > PATIENCE) {
        throw new IllegalArgumentException(
            "space: holds hardly more than "
                + found.size()
                + " settings within its limit, "
                + count
                + " were asked for; ask for fewer or fix less");
      }
    }
    return new ArrayList<>(found);
  }

  private Values draw(Rng rng) {
    Map<String, Object> values = new LinkedHashMap<>();
    // A generator for each name: a dimension more does not change the values of the others.
    dimensions.forEach((name, dimension) -> values.put(name, dimension.draw(rng.fork(name))));
    return new Values(values);
  }

  /** What each dimension may be, by name. */
  public Map<String, Object> description() {
    Map<String, Object> description = new LinkedHashMap<>();
    dimensions.forEach((name, dimension) -> description.put(name, dimension.toString()));
    return description;
  }
}
