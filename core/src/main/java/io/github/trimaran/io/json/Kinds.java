package io.github.trimaran.io.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Things that files call by a name, and how each is made of its settings. A file can only name what
 * is registered here: no class is ever loaded because a file says so.
 *
 * <pre>{@code
 * interface Figure {}
 * record Circle(double radius) implements Figure {}
 *
 * Kinds<Figure> shapes =
 *     Kinds.<Figure>of("shape").with("circle", json -> new Circle(json.number("radius")));
 * Figure circle = shapes.read(Json.parseObject("{\"kind\": \"circle\", \"radius\": 2.5}"));
 * Map<String, Object> json = Kinds.write("circle", Map.of("radius", 2.5));
 * }</pre>
 *
 * @param <T> what they have in common
 */
public final class Kinds<T> {

  private static final String KIND = "kind";

  /**
   * Makes one kind of thing.
   *
   * @param <T> the thing
   */
  @FunctionalInterface
  public interface Maker<T> {

    /**
     * Made of its settings.
     *
     * @throws JsonException if one is missing, or of another type
     * @throws IllegalArgumentException if they make no sense
     */
    T make(JsonObject settings) throws JsonException;
  }

  private final String what;
  private final Map<String, Maker<? extends T>> makers;

  private Kinds(String what, Map<String, Maker<? extends T>> makers) {
    this.what = what;
    this.makers = makers;
  }

  /**
   * None yet.
   *
   * @param what one of them is, for errors: {@code "preparation"}
   */
  public static <T> Kinds<T> of(String what) {
    return new Kinds<>(what, Map.of());
  }

  /** The same and this kind, or with it in the place of one of that name. */
  public Kinds<T> with(String name, Maker<? extends T> maker) {
    Map<String, Maker<? extends T>> more = new LinkedHashMap<>(makers);
    more.put(name, maker);
    return new Kinds<>(what, Collections.unmodifiableMap(more));
  }

  /** What there is. */
  public Set<String> names() {
    return makers.keySet();
  }

  /**
   * What the object describes: {@code "kind"} names it, the rest are its settings.
   *
   * @throws JsonException if the kind is not known, or its settings are not what it needs
   */
  public T read(JsonObject json) throws JsonException {
    String name = json.string(KIND);
    Maker<? extends T> maker = makers.get(name);
    if (maker == null) {
      throw new JsonException(
          what
              + ": kind '"
              + name
              + "' is not known; register how it is made, or use one of "
              + names());
    }
    return maker.make(json);
  }

  /**
   * What {@link #read} reads.
   *
   * @throws IllegalArgumentException if a setting is called {@code "kind"}
   */
  public static Map<String, Object> write(String name, Map<String, ?> settings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(KIND, name);
    json.putAll(settings);
    if (!name.equals(json.get(KIND))) {
      throw new IllegalArgumentException(
          name + ": no setting can be called \"kind\"; give it another name");
    }
    return json;
  }

  @Override
  public String toString() {
    return what + " " + names();
  }
}
