package io.github.trimaran.io.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A JSON object read by name and type; what is missing or of another type is named in the error.
 *
 * <pre>{@code
 * JsonObject result = Json.parseObject(text);
 * double accuracy = result.object("test").number("accuracy");
 * }</pre>
 */
public final class JsonObject {

  private final String path;
  private final Map<String, Object> values;

  private JsonObject(String path, Map<String, Object> values) {
    this.path = path;
    this.values = values;
  }

  /**
   * A parsed value taken as an object.
   *
   * @param path how errors call it
   */
  static JsonObject of(String path, Object value) throws JsonException {
    if (!(value instanceof Map<?, ?>)) {
      throw new JsonException("json: " + path + " should be an object, is " + kind(value));
    }
    @SuppressWarnings("unchecked") // The reader makes no other maps.
    Map<String, Object> map = (Map<String, Object>) value;
    return new JsonObject(path, map);
  }

  /** Values as {@link Json} gives them, taken as an object. */
  public static JsonObject of(Map<String, Object> values) {
    return new JsonObject("document", values);
  }

  /** The names, in the order of the text. */
  public Set<String> names() {
    return values.keySet();
  }

  /** Whether there is a value of that name, {@code null} included. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The value of that name as {@link Json} gives it, {@code null} included. */
  public Object value(String name) throws JsonException {
    requirePresent(name);
    return values.get(name);
  }

  /** The text of that name. */
  public String string(String name) throws JsonException {
    return require(name, String.class, "a string");
  }

  /** The integer of that name. */
  public long integer(String name) throws JsonException {
    return require(name, Long.class, "an integer");
  }

  /** The integer of that name, which must fit into 32 bits. */
  public int int32(String name) throws JsonException {
    return int32(name, integer(name));
  }

  private int int32(String name, long value) throws JsonException {
    if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw new JsonException("json: " + path + "." + name + " is too large: " + value);
    }
    return (int) value;
  }

  /** The same, or the usual one where there is none. */
  public int int32(String name, int usual) throws JsonException {
    return has(name) ? int32(name) : usual;
  }

  /** The number of that name, integer or not. */
  public double number(String name) throws JsonException {
    return require(name, Number.class, "a number").doubleValue();
  }

  /** The same, or the usual one where there is none. */
  public double number(String name, double usual) throws JsonException {
    return has(name) ? number(name) : usual;
  }

  /** The truth value of that name. */
  public boolean bool(String name) throws JsonException {
    return require(name, Boolean.class, "true or false");
  }

  /** The same, or the usual one where there is none. */
  public boolean bool(String name, boolean usual) throws JsonException {
    return has(name) ? bool(name) : usual;
  }

  /** The one of these constants whose name, in small letters, is the text of that name. */
  public <E extends Enum<E>> E oneOf(String name, E[] constants) throws JsonException {
    String text = string(name);
    List<String> names = new ArrayList<>();
    for (E constant : constants) {
      String known = constant.name().toLowerCase(Locale.ROOT);
      if (known.equals(text)) {
        return constant;
      }
      names.add(known);
    }
    throw new JsonException(
        "json: " + path + "." + name + " should be one of " + names + ", is '" + text + "'");
  }

  /** The object of that name. */
  public JsonObject object(String name) throws JsonException {
    return of(path + "." + name, require(name, Map.class, "an object"));
  }

  /** The array of that name; its items are as {@link Json} gives them. */
  public List<?> array(String name) throws JsonException {
    return require(name, List.class, "an array");
  }

  /** The array of that name, all of whose items are integers. */
  public long[] integers(String name) throws JsonException {
    List<?> items = array(name);
    long[] integers = new long[items.size()];
    for (int i = 0; i < integers.length; i++) {
      if (!(items.get(i) instanceof Long integer)) {
        throw wrong(name + "[" + i + "]", "an integer", items.get(i));
      }
      integers[i] = integer;
    }
    return integers;
  }

  /** The array of that name, all of whose items are integers of 32 bits. */
  public int[] int32s(String name) throws JsonException {
    long[] integers = integers(name);
    int[] small = new int[integers.length];
    for (int i = 0; i < small.length; i++) {
      small[i] = int32(name + "[" + i + "]", integers[i]);
    }
    return small;
  }

  /** The array of that name, all of whose items are numbers. */
  public double[] numbers(String name) throws JsonException {
    List<?> items = array(name);
    double[] numbers = new double[items.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(items.get(i) instanceof Number number)) {
        throw wrong(name + "[" + i + "]", "a number", items.get(i));
      }
      numbers[i] = number.doubleValue();
    }
    return numbers;
  }

  /** The array of that name, all of whose items are objects. */
  public List<JsonObject> objects(String name) throws JsonException {
    List<JsonObject> objects = new ArrayList<>();
    for (Object item : array(name)) {
      objects.add(of(path + "." + name + "[" + objects.size() + "]", item));
    }
    return objects;
  }

  private <T> T require(String name, Class<T> type, String wanted) throws JsonException {
    requirePresent(name);
    Object value = values.get(name);
    if (!type.isInstance(value)) {
      throw wrong(name, wanted, value);
    }
    return type.cast(value);
  }

  private void requirePresent(String name) throws JsonException {
    if (!values.containsKey(name)) {
      throw new JsonException("json: " + path + " has no \"" + name + "\"");
    }
  }

  private JsonException wrong(String name, String wanted, Object value) {
    return new JsonException(
        "json: " + path + "." + name + " should be " + wanted + ", is " + kind(value));
  }

  private static String kind(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Map) {
      return "an object";
    }
    if (value instanceof List) {
      return "an array";
    }
    if (value instanceof String) {
      return "a string";
    }
    return value instanceof Boolean ? "a truth value" : "the number " + value;
  }
}
