package io.github.trimaran.io.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A recursive-descent reader of one JSON text, with its nesting bounded. */
final class JsonReader {

  private static final int MAX_DEPTH = 64;

  private final String text;
  private int position;
  private int depth;

  JsonReader(String text) {
    this.text = text;
  }

  Object readAll() throws JsonException {
    Object value = readValue();
    skipSpace();
    if (position < text.length()) {
      throw error("unexpected text after the value");
    }
    return value;
  }

  private Object readValue() throws JsonException {
    skipSpace();
    if (position == text.length()) {
      throw error("unexpected end");
    }
    char c = text.charAt(position);
    return switch (c) {
      case '{' -> readObject();
      case '[' -> readArray();
      case '"' -> readString();
      case 't' -> readWord("true", true);
      case 'f' -> readWord("false", false);
      case 'n' -> readWord("null", null);
      default -> {
        if (c != '-' && !isDigit(c)) {
          throw error("expected a value, found " + shown(c));
        }
        yield readNumber();
      }
    };
  }

  private Map<String, Object> readObject() throws JsonException {
    enter();
    Map<String, Object> object = new LinkedHashMap<>();
    if (!skipIf('}')) {
      do {
        skipSpace();
        int start = position;
        String name = readString();
        if (object.containsKey(name)) {
          position = start;
          throw error("duplicate name \"" + name + "\"");
        }
        expect(':');
        object.put(name, readValue());
      } while (skipIf(','));
      expect('}');
    }
    depth--;
    return Collections.unmodifiableMap(object);
  }

  private List<Object> readArray() throws JsonException {
    enter();
    List<Object> array = new ArrayList<>();
    if (!skipIf(']')) {
      do {
        array.add(readValue());
      } while (skipIf(','));
      expect(']');
    }
    depth--;
    return Collections.unmodifiableList(array);
  }

  private void enter() throws JsonException {
    if (++depth > MAX_DEPTH) {
      throw error("nested deeper than " + MAX_DEPTH);
    }
    position++;
  }

  private String readString() throws JsonException {
    if (position == text.length() || text.charAt(position) != '"') {
      throw error("expected a string");
    }
    position++;
    StringBuilder string = new StringBuilder();
    while (true) {
      if (position == text.length()) {
        throw error("unterminated string");
      }
      char c = text.charAt(position);
      if (c == '"') {
        position++;
        return string.toString();
      }
      if (c < ' ') {
        throw error("control character " + shown(c) + " in a string");
      }
      if (c == '\\') {
        string.append(readEscape());
      } else {
        string.append(c);
        position++;
      }
    }
  }

  private String readEscape() throws JsonException {
    char kind = position + 1 < text.length() ? text.charAt(position + 1) : ' ';
    if (kind == 'u') {
      return readUnicodeEscape();
    }
    int index = "\"\\/bfnrt".indexOf(kind);
    if (index < 0) {
      throw error("bad escape \\" + kind);
    }
    position += 2;
    return String.valueOf("\"\\/\b\f\n\r\t".charAt(index));
  }

  private String readUnicodeEscape() throws JsonException {
    int start = position;
    char unit = readHex();
    if (!Character.isSurrogate(unit)) {
      return String.valueOf(unit);
    }
    if (Character.isHighSurrogate(unit) && text.startsWith("\\u", position)) {
      char low = readHex();
      if (Character.isLowSurrogate(low)) {
        return String.valueOf(new char[] {unit, low});
      }
    }
    position = start;
    throw error("unpaired surrogate in an escape");
  }

  private char readHex() throws JsonException {
    int code = 0;
    for (int i = position + 2; i < position + 6; i++) {
      // Character.digit would also take the digits of other scripts.
      int digit =
          i < text.length() && text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        throw error("bad escape: \\u needs four hexadecimal digits");
      }
      code = code * 16 + digit;
    }
    position += 6;
    return (char) code;
  }

  private Object readWord(String word, Object value) throws JsonException {
    if (!text.startsWith(word, position)) {
      throw error("expected a value");
    }
    position += word.length();
    return value;
  }

  private Number readNumber() throws JsonException {
    int start = position;
    if (text.charAt(position) == '-') {
      position++;
    }
    int whole = position;
    skipDigits();
    if (position - whole > 1 && text.charAt(whole) == '0') {
      position = start;
      throw error("number with a leading zero");
    }
    boolean integer = true;
    if (position < text.length() && text.charAt(position) == '.') {
      integer = false;
      position++;
      skipDigits();
    }
    if (position < text.length() && (text.charAt(position) | 32) == 'e') {
      integer = false;
      position++;
      if (position < text.length() && "+-".indexOf(text.charAt(position)) >= 0) {
        position++;
      }
      skipDigits();
    }
    return toNumber(start, integer);
  }

  private void skipDigits() throws JsonException {
    int start = position;
    while (position < text.length() && isDigit(text.charAt(position))) {
      position++;
    }
    if (position == start) {
      throw error("expected a digit");
    }
  }

  private Number toNumber(int start, boolean integer) throws JsonException {
    String number = text.substring(start, position);
    if (integer) {
      try {
        return Long.valueOf(number);
      } catch (NumberFormatException e) {
        position = start;
        throw error("integer out of the range of 64 bits");
      }
    }
    double value = Double.parseDouble(number);
    if (Double.isInfinite(value)) {
      position = start;
      throw error("number out of range");
    }
    return value;
  }

  private void expect(char wanted) throws JsonException {
    if (!skipIf(wanted)) {
      throw error(
          "expected '"
              + wanted
              + "', found "
              + (position < text.length() ? shown(text.charAt(position)) : "the end"));
    }
  }

  private boolean skipIf(char wanted) {
    skipSpace();
    boolean found = position < text.length() && text.charAt(position) == wanted;
    if (found) {
      position++;
    }
    return found;
  }

  private void skipSpace() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String shown(char c) {
    return c > ' ' && c < 127 ? "'" + c + "'" : String.format("U+%04X", (int) c);
  }

  private JsonException error(String reason) {
    String before = text.substring(0, position);
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    int column = position - before.lastIndexOf('\n');
    return new JsonException("json: " + reason + " at line " + line + ", column " + column);
  }
}
