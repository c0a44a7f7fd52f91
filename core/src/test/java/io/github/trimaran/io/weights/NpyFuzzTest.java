package io.github.trimaran.io.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.trimaran.fuzz.Mutations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** NumPy arrays are read or refused by a {@link WeightFormatException}. */
class NpyFuzzTest {

  static List<byte[]> seeds() throws IOException {
    return List.of(
        Files.readAllBytes(Fixtures.resource("c.npy")),
        Files.readAllBytes(Fixtures.resource("fortran.npy")),
        Files.readAllBytes(Fixtures.resource("version3.npy")));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void anything(byte[] input) throws IOException {
    read(input);
  }

  @Test
  void mutations() throws IOException {
    Mutations.check(seeds(), 3_000, NpyFuzzTest::read);
  }

  private static void read(byte[] input) throws IOException {
    try {
      new NpyReader(
              new WeightInput(
                  new ByteArrayInputStream(input), input.length, "fuzz", MemoryBudget.of(64 << 20)))
          .read();
    } catch (WeightFormatException e) {
      assertThat(e.getMessage()).startsWith("fuzz: ").doesNotContain("\n");
    }
  }
}
