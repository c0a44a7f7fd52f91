package io.github.trimaran.optim;

import io.github.trimaran.nn.Parameter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Under which name what is remembered of a parameter is saved. That of two parameters of the same
 * name, as parts of two models have them, is told apart by a number.
 */
final class StateKeys {

  private StateKeys() {}

  /**
   * The parameters' names; the second {@code "0.weight"} is {@code "0.weight#2"}.
   *
   * @param kind of optimiser, for the error
   * @throws IllegalArgumentException if a parameter is there twice
   */
  static Map<Parameter, String> of(String kind, List<Parameter> parameters) {
    Map<Parameter, String> keys = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    for (Parameter parameter : parameters) {
      String key = parameter.name();
      for (int count = 2; !taken.add(key); count++) {
        key = parameter.name() + "#" + count;
      }
      String before = keys.put(parameter, key);
      if (before != null) {
        String both =
            before.equals(parameter.name())
                ? before
                : before + ", also called " + parameter.name() + ",";
        throw new IllegalArgumentException(kind + ": " + both + " is there twice; give it once");
      }
    }
    return keys;
  }
}
