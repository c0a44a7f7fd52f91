package io.github.trimaran.io.json;

import java.util.Iterator;
import java.util.Map;

/** Writes one value as JSON text; an empty indent puts all on one line. */
final class JsonWriter {

  private final String indent;
  private final StringBuilder out = new StringBuilder();
  private int depth;

  JsonWriter(String indent) {
    this.indent = indent;
  }

  String write(Object value) {
    append(value);
    return out.toString();
  }

  private void append(Object value) {
    if (value == null || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof CharSequence text) {
      appendString(text);
    } else if (value instanceof Number number) {
      appendNumber(number);
    } else if (value instanceof Map<?, ?> map) {
      appendAll('{', map.entrySet().iterator(), '}');
    } else if (value instanceof Iterable<?> list) {
      appendAll('[', list.iterator(), ']');
    } else {
      throw new IllegalArgumentException("json: cannot write a " + value.getClass().getName());
    }
  }

  private void appendAll(char open, Iterator<?> items, char close) {
    out.append(open);
    depth++;
    boolean any = items.hasNext();
    while (items.hasNext()) {
      newLine();
      Object item = items.next();
      if (open == '{') {
        Map.Entry<?, ?> entry = (Map.Entry<?, ?>) item;
        appendString((String) entry.getKey());
        out.append(indent.isEmpty() ? ":" : ": ");
        append(entry.getValue());
      } else {
        append(item);
      }
      if (items.hasNext()) {
        out.append(',');
      }
    }
    depth--;
    if (any) {
      newLine();
    }
    out.append(close);
  }

  private void newLine() {
    if (!indent.isEmpty()) {
      out.append('\n').append(indent.repeat(depth));
    }
  }

  private void appendNumber(Number number) {
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new IllegalArgumentException("json: " + number + " has no JSON form");
      }
    }
    out.append(number);
  }

  private void appendString(CharSequence text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int escape = "\"\\\b\f\n\r\t".indexOf(c);
      if (escape >= 0) {
        out.append('\\').append("\"\\bfnrt".charAt(escape));
      } else if (c < ' ' || Character.isSurrogate(c) || c == 0x7f) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
