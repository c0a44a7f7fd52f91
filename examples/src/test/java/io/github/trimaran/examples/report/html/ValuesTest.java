package io.github.trimaran.examples.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values are written for people, and nothing in them is markup. */
class ValuesTest {

  @ParameterizedTest
  @CsvSource({
    "0.0, 0",
    "1.0, 1",
    "0.98765432, 0.987654",
    "-2.0000000000000018, -2",
    "123456.789, 123457",
    "1.7763568394002505E-15, 1.77636e-15",
    "1234567890.5, 1.23457e9",
    "0.00012, 0.00012",
    "NaN, NaN"
  })
  void numbersHaveSixDigits(double value, String text) {
    assertThat(Values.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          12345678901234567890 | 12345678901234567890
          0.5 | 0.5
          "x" | x
          true | true
          null | –
          [1, 2.5, "x"] | 1, 2.5, x
          {"filters": 32, "depth": 2} | filters 32, depth 2
          [[1, 2], [3, 4]] | (2 values), (2 values)
          """)
  void jsonIsReadable(String json, String text) throws IOException {
    assertThat(Values.text(new ObjectMapper().readTree(json))).isEqualTo(text);
  }

  @Test
  void whatMeansSomethingInMarkupIsEscaped() {
    assertThat(Html.escaped("<b a='1' c=\"2\">&"))
        .isEqualTo("&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;");
    assertThat(Html.escaped("a\u0000b\u001b[1m\ud800c")).isEqualTo("a\uFFFDb\uFFFD[1m\uFFFDc");
    assertThat(Html.escaped("日本\uD83D\uDE00\n")).isEqualTo("日本\uD83D\uDE00\n");
  }
}
