package io.github.trimaran.onnx.ops;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The operators that are known, by name.
 *
 * <pre>{@code
 * Operators.names().forEach(System.out::println);
 * }</pre>
 */
public final class Operators {

  private static final Map<String, Operator> ALL = new TreeMap<>();

  static {
    Elementwise.register(ALL);
    Activations.register(ALL);
    Comparisons.register(ALL);
    Reductions.register(ALL);
    Products.register(ALL);
    Convolutions.register(ALL);
    Pools.register(ALL);
    Normalisations.register(ALL);
    Recurrent.register(ALL);
    Moves.register(ALL);
    Paddings.register(ALL);
    Indexings.register(ALL);
    Resizing.register(ALL);
    Creations.register(ALL);
  }

  private Operators() {}

  /** The operator of that name. */
  public static Optional<Operator> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** All names in alphabetical order. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(ALL.keySet());
  }
}
