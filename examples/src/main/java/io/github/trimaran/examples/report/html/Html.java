package io.github.trimaran.examples.report.html;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Markup under construction. Whatever goes in as text or as the value of an attribute is escaped,
 * so that no name out of a file can become markup; what comes out is well-formed XML too.
 *
 * <pre>{@code
 * new Html().open("p", "class", "quiet").text("1 < 2").close().markup();
 * }</pre>
 */
final class Html {

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> unclosed = new ArrayDeque<>();

  /** Begins an element; attributes are names and values in turn. */
  Html open(String tag, String... attributes) {
    start(tag, attributes).append('>');
    unclosed.push(tag);
    return this;
  }

  /** Ends the innermost element. */
  Html close() {
    out.append("</").append(unclosed.pop()).append('>');
    return this;
  }

  /** A whole element that holds text. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** A whole element that holds nothing: {@code img}, {@code line}. */
  Html empty(String tag, String... attributes) {
    start(tag, attributes).append("/>");
    return this;
  }

  /** Text. */
  Html text(String text) {
    out.append(escaped(text));
    return this;
  }

  /** What was built elsewhere. */
  Html add(Html other) {
    out.append(other.markup());
    return this;
  }

  /** How many bytes it takes as UTF-8. */
  int size() {
    return markup().getBytes(StandardCharsets.UTF_8).length;
  }

  /** All of it; every element is closed. */
  String markup() {
    if (!unclosed.isEmpty()) {
      throw new IllegalStateException("not closed: " + unclosed);
    }
    return out.toString();
  }

  private StringBuilder start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(escaped(attributes[i + 1])).append('"');
    }
    return out;
  }

  /** Text without what means something in markup, and without what must not stand there at all. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isCharacter(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  /** Whether XML allows it: no control character, no half of a pair. */
  private static boolean isCharacter(int c) {
    boolean low = c < 0x20 && c != '\t' && c != '\n';
    boolean high = c >= 0x7F && c < 0xA0;
    boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !low && !high && !half && c != 0xFFFE && c != 0xFFFF;
  }
}
