package io.github.trimaran.data.text;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.DataException;
import io.github.trimaran.data.prediction.Preparation;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

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

  private static final String WAY_OUT = "make it of all texts that will come, or of bytes";

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
    long[] numbers = numbers(text);
    int unknown = firstUnknown(numbers);
    if (unknown >= 0) {
      Place place = Place.of(text, unknown);
      throw new IllegalArgumentException(
          String.format(
              "vocabulary: character %s in line %d, column %d is none of the %d that it has; %s",
              place.character(), place.line(), place.column(), size(), WAY_OUT));
    }
    return HostArray.of(numbers, Shape.of(numbers.length));
  }

  /**
   * The numbers of a text file in UTF-8, INT64 {@code [T]}.
   *
   * @throws DataException if the file is not there or not in UTF-8, or a character is not among
   *     these, with its file, line and column
   */
  public HostArray encode(Path file) throws IOException {
    String text = TextFiles.read(file);
    long[] numbers = numbers(text);
    int unknown = firstUnknown(numbers);
    if (unknown >= 0) {
      Place place = Place.of(text, unknown);
      throw new DataException(
          String.format(
              "%s, line %d, column %d: character %s is none of the %d of the vocabulary; %s",
              file, place.line(), place.column(), place.character(), size(), WAY_OUT));
    }
    return HostArray.of(numbers, Shape.of(numbers.length));
  }

  private long[] numbers(String text) {
    return characters == null ? bytes(text) : text.codePoints().mapToLong(this::find).toArray();
  }

  private static int firstUnknown(long[] numbers) {
    return IntStream.range(0, numbers.length).filter(i -> numbers[i] < 0).findFirst().orElse(-1);
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

  /** Where a character is in a text, and which; for people. */
  private record Place(String character, long line, int column) {

    static Place of(String text, int index) {
      int at = text.offsetByCodePoints(0, index);
      String before = text.substring(0, at);
      int character = text.codePointAt(at);
      String shown = Character.isISOControl(character) ? "?" : Character.toString(character);
      return new Place(
          String.format("'%s' (U+%04X)", shown, character),
          before.chars().filter(c -> c == '\n').count() + 1,
          before.codePointCount(before.lastIndexOf('\n') + 1, before.length()) + 1);
    }
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
