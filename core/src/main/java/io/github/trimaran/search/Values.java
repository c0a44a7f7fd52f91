package io.github.trimaran.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One choice for each dimension of a space, by name, in the space's order.
 *
 * <pre>{@code
 * Layer hidden = new Linear(784, values.integer("hidden"));
 * double rate = values.number("learning_rate");
 * }</pre>
 */
public record Values(Map<String, Object> byName) {

  /** Keeps a copy in order. */
  public Values {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** The integer of that name. */
  public int integer(String name) {
    return Math.toIntExact(get(name, Long.class));
  }

  /** The number of that name. */
  public double number(String name) {
    return get(name, Double.class);
  }

  /** The truth value of that name. */
  public boolean flag(String name) {
    return get(name, Boolean.class);
  }

  /** The word of that name. */
  public String word(String name) {
    return get(name, String.class);
  }

  private <T> T get(String name, Class<T> type) {
    Object value = byName.get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "space: '" + name + "' is asked for as " + type.getSimpleName() + ", is " + value);
    }
    return type.cast(value);
  }

  /** {@code "filters 16, depth 2"}. */
  @Override
  public String toString() {
    return byName.entrySet().stream()
        .map(entry -> entry.getKey().replace('_', ' ') + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
