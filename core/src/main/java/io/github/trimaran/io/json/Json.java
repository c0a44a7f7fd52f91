package io.github.trimaran.io.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * JSON (RFC 8259) as plain Java values: {@code Map<String, Object>} in the order of the text,
 * {@code List<Object>}, {@code String}, {@code Long}, {@code Double}, {@code Boolean} and {@code
 * null}.
 *
 * <pre>{@code
 * JsonObject result = Json.parseObject("{\"epochs\": 10}");
 * String text = Json.writePretty(Map.of("epochs", result.integer("epochs") + 1));
 * }</pre>
 *
 * <p>Reading is strict: duplicate names, anything after the value, unknown escapes, unpaired
 * surrogates and numbers out of range are refused with line and column. Integers are exact over the
 * whole range of {@code long}; a number with a point or an exponent is a {@code Double}, written so
 * that it is read back the same.
 */
public final class Json {

  private Json() {}

  /** The value of a text. */
  public static Object parse(String text) throws JsonException {
    return new JsonReader(text).readAll();
  }

  /** The object of a text. */
  public static JsonObject parseObject(String text) throws JsonException {
    return JsonObject.of("document", parse(text));
  }

  /** The object of a text in UTF-8. */
  public static JsonObject parseObject(byte[] utf8) throws JsonException {
    try {
      return parseObject(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new JsonException("json: not UTF-8");
    }
  }

  /**
   * A value on one line.
   *
   * @throws IllegalArgumentException for a value of another class than those above (any {@link
   *     Number} and {@link Iterable} will do), NaN or an infinity
   */
  public static String write(Object value) {
    return new JsonWriter("").write(value);
  }

  /** The same over several lines, indented by two spaces, with a final line end. */
  public static String writePretty(Map<String, ?> value) {
    return new JsonWriter("  ").write(value) + "\n";
  }
}
