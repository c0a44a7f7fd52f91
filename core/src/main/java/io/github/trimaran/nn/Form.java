package io.github.trimaran.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The settings of a model by name, in order: what its function follows from.
 *
 * <pre>{@code
 * Form form = Form.of("channels", channels).with("epsilon", epsilon, 1e-5); // of Model.form()
 * }</pre>
 *
 * <p>A value is a number, a truth value, a text, a constant of an enumeration, a {@link
 * io.github.trimaran.array.Shape}, an {@code int[]} or {@code double[]}, a model, or a list or map
 * of these.
 */
public final class Form {

  private static final Form NONE = new Form(Map.of());

  private final Map<String, Object> values;

  private Form(Map<String, Object> values) {
    this.values = values;
  }

  /** No settings: all models of the kind are alike. */
  public static Form none() {
    return NONE;
  }

  /** This setting. */
  public static Form of(String name, Object value) {
    return NONE.with(name, value);
  }

  /** These settings and another, or with it in the place of one of that name. */
  public Form with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(name, Objects.requireNonNull(value, name));
    return new Form(Collections.unmodifiableMap(more));
  }

  /** The same, left out where the value is the usual one. */
  public Form with(String name, Object value, Object usual) {
    return Objects.equals(value, usual) ? this : with(name, value == null ? "none" : value);
  }

  /** The settings. */
  public Map<String, Object> values() {
    return values;
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
