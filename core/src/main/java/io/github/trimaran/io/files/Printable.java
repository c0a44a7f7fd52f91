package io.github.trimaran.io.files;

import java.util.regex.Pattern;

/**
 * Text from files that is to be shown: what would move a terminal's cursor, colour it or hide
 * letters is taken out.
 *
 * <pre>{@code
 * System.out.println("class " + Printable.of(nameFromAFile));
 * }</pre>
 */
public final class Printable {

  /** Whole escape sequences (ECMA-48), then whatever controls, formats or separates lines. */
  private static final Pattern ESCAPES =
      Pattern.compile(
          "(?:\\x1b\\[|\\x{9b})[0-?]*[ -/]*[@-~]"
              + "|(?:\\x1b\\]|\\x{9d})[^\\x07\\x1b\\x{9c}]*(?:\\x07|\\x1b\\\\|\\x{9c})?"
              + "|[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

  private Printable() {}

  /** The text on one line, each control or escape sequence replaced by a space. */
  public static String of(String text) {
    return ESCAPES.matcher(text).replaceAll(" ").strip();
  }
}
