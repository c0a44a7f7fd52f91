package io.github.trimaran.io.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Zürich 7 号 | Zürich 7 号",
        "<1b>[2J<1b>]0;owned<07>zero | zero",
        "<1b>[31mred<1b>[0m blue | red  blue",
        "one<0a>[trimaran] fake line | one [trimaran] fake line",
        "<9b>31m4 | 4",
        "<9d>0;title<9c>x | x",
        "a<202e>b<2028>c<00>d | a b c d",
        "<1b>]0;never ends | ''",
      })
  void takesOutWhatATerminalWouldObey(String text, String shown) {
    assertThat(Printable.of(decoded(text))).isEqualTo(shown);
  }

  /** {@code <1b>} is the character of that number. */
  private static String decoded(String text) {
    return java.util.regex.Pattern.compile("<([0-9a-f]{2,4})>")
        .matcher(text)
        .replaceAll(
            match ->
                java.util.regex.Matcher.quoteReplacement(
                    Character.toString(Integer.parseInt(match.group(1), 16))));
  }
}
