package io.github.trimaran.io.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.trimaran.fuzz.Mutations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Pickles of any kind are read as data or refused by a {@link WeightFormatException}. */
class PickleFuzzTest {

  static List<byte[]> seeds() throws IOException {
    return List.of(
        "}(X\1\0\0\0wctorch._utils\n_rebuild_tensor_v2\n((U\7storagectorch\nFloatStorage\nU\0010U\3cpuK\14tQK\0K\3\u0085K\1\u0085\u0089}tRu."
            .getBytes(StandardCharsets.ISO_8859_1),
        "ccollections\nOrderedDict\n]q\0U\1aK\1\u0086a\u0085R}bh\0."
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void anything(byte[] input) throws IOException {
    read(input);
  }

  @Test
  void mutations() throws IOException {
    Mutations.check(seeds(), 3_000, PickleFuzzTest::read);
  }

  private static void read(byte[] input) throws IOException {
    try {
      WeightInput in =
          new WeightInput(
              new ByteArrayInputStream(input), input.length, "fuzz", MemoryBudget.of(64 << 20));
      Object value = new PickleReader(in, new TorchNames(in)).read();
      new TorchTensors(in).dictionary(value, null);
    } catch (WeightFormatException e) {
      assertThat(e.getMessage()).startsWith("fuzz: ").doesNotContain("\n");
    }
  }
}
