package io.github.trimaran.data.text;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.prediction.Preparation;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Text as numbers and back: each character, or each byte of its UTF-8, is one. It belongs to the
 * model and is saved with it.
 *
 * <pre>{@code
 * String plays = TextFiles.read(Path.of("tinyshakespeare.txt"));
 * Vocabulary alphabet = Vocabulary.ofCharacters(plays);
 * Windows windows = Windows.shifted(alphabet.encode(plays), 64);
 * String again = alphabet.decode(alphabet.encode("To be"));
 * }</pre>
 *
 * <p>Characters are Unicode's, numbered from 0 in their order there. Bytes are 0 to 255, whatever
 * the text: none is ever unknown.
 */
public final class Vocabulary implements Preparation<String> {

  static final String KIND = "text";

  private static final int BYTES = 256;

  /** Sorted; null for bytes. */
  private final int[] characters;

  private Vocabulary(int[] characters) {
    this.characters = characters;
  }

  /** Of all characters that the text has. */
  public static Vocabulary ofCharacters(String text) {
    int[] characters = text.codePoints().distinct().sorted().toArray();
    if (characters.length == 0) {
      throw new IllegalArgumentException("vocabulary: the text is empty");
    }
    return new Vocabulary(characters);
  }

  /** Of all bytes. */
  public static Vocabulary ofBytes() {
    return new Vocabulary(null);
  }

  /** How many there are. */
  public int size() {
    return characters == null ? BYTES : characters.length;
  }

  /**
   * The numbers of a text, INT64 {@code [T]}.
   *
   * @throws IllegalArgumentException if a character is not among them, with its line and column
   */
  public HostArray encode(String text) {
    long[] numbers =
        characters == null ? bytes(text) : text.codePoints().mapToLong(this::find).toArray();
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < 0) {
        throw unknown(text, i);
      }
    }
    return HostArray.of(numbers, Shape.of(numbers.length));
  }

  private static long[] bytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long[] numbers = new long[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      numbers[i] = bytes[i] & 0xFF;
    }
    return numbers;
  }

  private int find(int character) {
    return Arrays.binarySearch(characters, character);
  }

  private IllegalArgumentException unknown(String text, int index) {
    int at = text.offsetByCodePoints(0, index);
    String before = text.substring(0, at);
    int character = text.codePointAt(at);
    return new IllegalArgumentException(
        String.format(
            "vocabulary: character '%s' (U+%04X) in line %d, column %d is none of the %d that it has;"
                + " make it of all texts that will come, or of bytes",
            Character.isISOControl(character) ? "?" : Character.toString(character),
            character,
            before.chars().filter(c -> c == '\n').count() + 1,
            before.codePointCount(before.lastIndexOf('\n') + 1, before.length()) + 1,
            size()));
  }

  /**
   * The text of numbers. Bytes that are no UTF-8 become {@code U+FFFD}.
   *
   * @throws IllegalArgumentException if one is not from 0 to {@code size() - 1}
   */
  public String decode(HostArray numbers) {
    StringBuilder text = new StringBuilder();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (long number : numbers.longs()) {
      if (number < 0 || number >= size()) {
        throw new IllegalArgumentException(
            "vocabulary: " + number + " is not from 0 to " + (size() - 1));
      }
      if (characters == null) {
        bytes.write((int) number);
      } else {
        text.appendCodePoint(characters[(int) number]);
      }
    }
    return characters == null ? bytes.toString(StandardCharsets.UTF_8) : text.toString();
  }

  /** The numbers as a model's input. */
  @Override
  public Map<String, HostArray> apply(String text) {
    return Map.of(Batch.INPUT, encode(text));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("units", characters == null ? "bytes" : "characters");
    if (characters != null) {
      settings.put("characters", Arrays.stream(characters).boxed().toList());
    }
    return settings;
  }

  /** What {@link #settings} wrote. */
  public static Vocabulary fromJson(JsonObject json) throws JsonException {
    String units = json.string("units");
    if (units.equals("bytes")) {
      return ofBytes();
    }
    int[] characters = json.int32s("characters");
    boolean sorted = characters.length > 0;
    for (int i = 0; i < characters.length; i++) {
      sorted &= Character.isValidCodePoint(characters[i]);
      sorted &= i == 0 || characters[i - 1] < characters[i];
    }
    if (!units.equals("characters") || !sorted) {
      throw new JsonException(
          "vocabulary: needs bytes, or different characters in order, has " + units);
    }
    return new Vocabulary(characters);
  }

  @Override
  public String toString() {
    return "vocabulary of " + size() + (characters == null ? " bytes" : " characters");
  }
}
