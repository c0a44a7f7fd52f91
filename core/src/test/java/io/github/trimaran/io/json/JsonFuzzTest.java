package io.github.trimaran.io.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.trimaran.fuzz.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON of any kind is read or refused by a {@link JsonException}. */
class JsonFuzzTest {

  static List<byte[]> seeds() throws IOException {
    return List.of(
        "{\"a\":[1,-2.5e3,true,null,\"\\u00e9\\n\"],\"b\":{\"c\":{}}}"
            .getBytes(StandardCharsets.UTF_8),
        "{\"n\":9223372036854775807}".getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void anything(byte[] input) throws IOException {
    read(input);
  }

  @Test
  void mutations() throws IOException {
    Mutations.check(seeds(), 3_000, JsonFuzzTest::read);
  }

  private static void read(byte[] input) throws IOException {
    try {
      Json.parseObject(input);
    } catch (JsonException e) {
      assertThat(e.getMessage()).startsWith("json: ");
    }
  }
}
