package io.github.trimaran.io.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.trimaran.fuzz.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Safetensors of any kind are read or refused by a {@link WeightFormatException}. */
class SafetensorsFuzzTest {

  static List<byte[]> seeds() throws IOException {
    return List.of(
        Fixtures.safetensors(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[8,10]}}",
            10),
        Fixtures.safetensors("{\"__metadata__\":{\"k\":\"v\"}}", 0),
        "{}".getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void anything(byte[] input) throws IOException {
    read(input);
  }

  @Test
  void mutations() throws IOException {
    Mutations.check(seeds(), 3_000, SafetensorsFuzzTest::read);
  }

  private static void read(byte[] input) throws IOException {
    try {
      Safetensors.read(input, "fuzz");
    } catch (WeightFormatException e) {
      assertThat(e.getMessage()).startsWith("fuzz: ").doesNotContain("\n");
    }
  }
}
