package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a sample and a batch have in common: arrays on the host, found by name. */
abstract sealed class NamedArrays permits Batch, Sample {

  private final String what;
  private final Map<String, HostArray> arrays;

  NamedArrays(String what, Map<String, HostArray> arrays) {
    this.what = what;
    this.arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
  }

  /** The names of the arrays, in order. */
  public Set<String> names() {
    return arrays.keySet();
  }

  /** Whether there is an array of that name. */
  public boolean has(String name) {
    return arrays.containsKey(name);
  }

  /**
   * The array of that name.
   *
   * @throws IllegalArgumentException if there is none, listing those there are
   */
  public HostArray get(String name) {
    HostArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException(what + ": no '" + name + "'; there are " + names());
    }
    return array;
  }

  /** The array {@link Batch#INPUT}. */
  public HostArray input() {
    return get(Batch.INPUT);
  }

  /** The array {@link Batch#TARGET}. */
  public HostArray target() {
    return get(Batch.TARGET);
  }

  /** All arrays by name, in order. */
  public Map<String, HostArray> arrays() {
    return arrays;
  }

  final Map<String, HostArray> arraysWith(String name, HostArray array) {
    Map<String, HostArray> more = new LinkedHashMap<>(arrays);
    more.put(name, array);
    return more;
  }

  final String describe(String head) {
    StringBuilder text = new StringBuilder(head);
    arrays.forEach(
        (name, array) ->
            text.append(' ').append(name).append(' ').append(array.dtype()).append(array.shape()));
    return text.toString();
  }
}
