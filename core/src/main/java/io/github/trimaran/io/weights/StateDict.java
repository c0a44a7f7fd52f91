package io.github.trimaran.io.weights;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The values of a model by name, in order, with what is to be known about them as text: what files
 * of weights and checkpoints hold. The map does not change; the arrays are not copied.
 *
 * <pre>{@code
 * StateDict weights = model.stateDict();
 * HostArray first = weights.get("0.weight");
 * StateDict body = weights.filter(name -> name.startsWith("body.")).rename(n -> n.substring(5));
 * }</pre>
 */
public final class StateDict {

  private final Map<String, HostArray> arrays;
  private final Map<String, String> metadata;

  /** Why an entry of the file was not read, by name: its type has no counterpart here. */
  private final Map<String, String> unread;

  private StateDict(Map<String, HostArray> arrays, Map<String, String> metadata) {
    this(arrays, metadata, Map.of());
  }

  private StateDict(
      Map<String, HostArray> arrays, Map<String, String> metadata, Map<String, String> unread) {
    this.arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    this.unread = Map.copyOf(unread);
  }

  /** These arrays, in the order of the map, and no metadata. */
  public static StateDict of(Map<String, HostArray> arrays) {
    return new StateDict(arrays, Map.of());
  }

  /** These arrays and this metadata, in the order of the maps. */
  public static StateDict of(Map<String, HostArray> arrays, Map<String, String> metadata) {
    return new StateDict(arrays, metadata);
  }

  /** The same, of a file that also has entries which were not read, each with the reason. */
  StateDict withUnread(Map<String, String> reasons) {
    return new StateDict(arrays, metadata, reasons);
  }

  /** The names in order. */
  public Set<String> names() {
    return arrays.keySet();
  }

  /** Whether there is an array of that name. */
  public boolean contains(String name) {
    return arrays.containsKey(name);
  }

  /**
   * The array of that name.
   *
   * @throws IllegalArgumentException if there is none, or its type is one that is not read
   */
  public HostArray get(String name) {
    HostArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException(
          unread.containsKey(name)
              ? "state dictionary: entry '" + name + "' " + unread.get(name)
              : "state dictionary: no entry '" + name + "'");
    }
    return array;
  }

  /** All arrays by name, in order. */
  public Map<String, HostArray> arrays() {
    return arrays;
  }

  /** What is noted about the arrays: source, licence, image preparation, ... */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The same arrays with these notes added, which replace notes of the same names. */
  public StateDict withMetadata(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    all.putAll(more);
    return new StateDict(arrays, all, unread);
  }

  /**
   * The same arrays under other names.
   *
   * @throws IllegalArgumentException if two entries would get the same name
   */
  public StateDict rename(UnaryOperator<String> newName) {
    Map<String, HostArray> renamed = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          if (renamed.put(newName.apply(name), array) != null) {
            throw new IllegalArgumentException(
                "state dictionary: two entries renamed to '" + newName.apply(name) + "'");
          }
        });
    return new StateDict(renamed, metadata);
  }

  /** The entries whose names are wanted, such as those of one part of a model. */
  public StateDict filter(Predicate<String> wanted) {
    Map<String, HostArray> kept = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          if (wanted.test(name)) {
            kept.put(name, array);
          }
        });
    return new StateDict(kept, metadata);
  }

  /** The number of elements of all arrays together. */
  public long elements() {
    return arrays.values().stream().mapToLong(array -> array.shape().size()).sum();
  }

  /**
   * Checks that names and shapes are exactly those a model expects.
   *
   * @param model how the error calls what expects them
   * @throws IllegalArgumentException listing everything missing, unexpected and of another shape
   */
  public void requireMatch(String model, Map<String, Shape> expected) {
    List<String> missing = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    expected.forEach(
        (name, shape) -> {
          HostArray array = arrays.get(name);
          if (array == null) {
            missing.add(
                name + " " + shape + (unread.containsKey(name) ? ", " + unread.get(name) : ""));
          } else if (!array.shape().equals(shape)) {
            misshapen.add(name + " expects " + shape + ", is " + array.shape());
          }
        });
    List<String> unexpected = new ArrayList<>();
    arrays.forEach(
        (name, array) -> {
          if (!expected.containsKey(name)) {
            unexpected.add(name + " " + array.shape());
          }
        });
    List<String> faults = new ArrayList<>();
    addFault(faults, "missing", missing);
    addFault(faults, "unexpected", unexpected);
    addFault(faults, "of another shape", misshapen);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "state dictionary does not fit " + model + ": " + String.join("; ", faults));
    }
  }

  private static void addFault(List<String> faults, String kind, List<String> entries) {
    if (!entries.isEmpty()) {
      faults.add(entries.size() + " " + kind + ": " + String.join(", ", entries));
    }
  }

  /** Whether names, their order, arrays (bit for bit) and metadata are the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StateDict dict
        && List.copyOf(names()).equals(List.copyOf(dict.names()))
        && arrays.equals(dict.arrays)
        && metadata.equals(dict.metadata);
  }

  @Override
  public int hashCode() {
    return Objects.hash(arrays, metadata);
  }

  @Override
  public String toString() {
    return arrays.size() + " arrays of " + elements() + " elements " + metadata;
  }
}
