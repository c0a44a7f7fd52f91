package io.github.trimaran.io.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void readsEveryKindOfValueInOrder() throws JsonException {
    Object value =
        Json.parse(
            " {\"b\": [1, -2.5e1, true, false, null], \"a\": {\"\": \"\\u00e9\\n\\ud83d\\ude00\"}}\n");
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("b", Arrays.asList(1L, -25.0, true, false, null));
    expected.put("a", Map.of("", "é\n😀"));
    assertThat(value).isEqualTo(expected);
    assertThat(((Map<?, ?>) value).keySet().iterator().next()).isEqualTo("b");
  }

  @Test
  void keepsIntegersExactOverAllOfLong() throws JsonException {
    assertThat(Json.parse("[9223372036854775807,-9223372036854775808]"))
        .isEqualTo(List.of(Long.MAX_VALUE, Long.MIN_VALUE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"a\":2} | duplicate name \"a\" at line 1, column 8",
        "[1] x | unexpected text after the value at line 1, column 5",
        "[1,] | expected a value, found ']' at line 1, column 4",
        "{\"a\" 1} | expected ':', found '1' at line 1, column 6",
        "\"\\x\" | bad escape \\x at line 1, column 2",
        "\"\\u12g4\" | bad escape",
        "\"\\ud800\" | unpaired surrogate",
        "\"\\ud800\\u0041\" | unpaired surrogate",
        "\"abc | unterminated string",
        "01 | leading zero",
        "1. | expected a digit",
        "- | expected a digit",
        "1e999 | number out of range",
        "9223372036854775808 | integer out of the range of 64 bits",
        "NaN | expected a value",
        "nul | expected a value",
        "{a:1} | expected a string",
        "` ` | unexpected end",
        "[1 2] | expected ']', found '2'",
      })
  void refusesWhatIsNotJsonWithItsPosition(String text, String message) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesBadUtf8ControlCharactersAndDeepNesting() {
    assertThatThrownBy(() -> Json.parseObject(new byte[] {'{', '"', (byte) 0xff, '"', '}'}))
        .hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> Json.parse("\n\"a\tb\""))
        .hasMessageContaining("U+0009 in a string at line 2");
    assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000)))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("nested deeper");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1e-7, 123456789.123})
  void writesDoublesSoThatTheyAreReadTheSame(double value) throws JsonException {
    assertThat(Json.parse(Json.write(value))).isEqualTo(value);
  }

  @Test
  void writesWhatItReads() throws JsonException {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("z", "quote \" slash \\ line \n bell \u0007 smile 😀");
    value.put("a", Arrays.asList(1L, 2.5, null, true, List.of(), Map.of()));
    assertThat(Json.parse(Json.write(value))).isEqualTo(value);
    assertThat(Json.parse(Json.writePretty(value))).isEqualTo(value);
    assertThat(Json.write(Map.of("a", List.of(1, 2)))).isEqualTo("{\"a\":[1,2]}");
    assertThat(Json.writePretty(Map.of("a", List.of(1))))
        .isEqualTo("{\n  \"a\": [\n    1\n  ]\n}\n");
  }

  @Test
  void refusesToWriteWhatHasNoForm() {
    assertThatThrownBy(() -> Json.write(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.write(new Object())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void integersOf32BitsSayWhatIsTooLarge() throws JsonException {
    JsonObject object = Json.parseObject("{\"n\":2147483648,\"l\":[1,-2147483649],\"m\":-3}");
    assertThat(object.int32("m")).isEqualTo(-3);
    assertThatThrownBy(() -> object.int32("n"))
        .hasMessage("json: document.n is too large: 2147483648");
    assertThatThrownBy(() -> object.int32s("l"))
        .hasMessage("json: document.l[1] is too large: -2147483649");
  }

  @Test
  void objectsNameWhatIsMissingOrOfAnotherType() throws JsonException {
    JsonObject object = Json.parseObject("{\"n\":1,\"o\":{\"s\":\"x\"},\"l\":[1,\"a\"]}");
    assertThat(object.integer("n")).isEqualTo(1);
    assertThat(object.number("n")).isEqualTo(1.0);
    assertThatThrownBy(() -> object.object("o").integer("s"))
        .hasMessage("json: document.o.s should be an integer, is a string");
    assertThatThrownBy(() -> object.string("q")).hasMessage("json: document has no \"q\"");
    assertThatThrownBy(() -> object.integers("l"))
        .hasMessage("json: document.l[1] should be an integer, is a string");
    assertThatThrownBy(() -> Json.parseObject("[]"))
        .hasMessage("json: document should be an object, is an array");
  }
}
