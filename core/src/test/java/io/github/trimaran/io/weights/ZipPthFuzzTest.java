package io.github.trimaran.io.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.trimaran.fuzz.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Zips of PyTorch and NumPy are read or refused by a {@link WeightFormatException}. */
class ZipPthFuzzTest {

  static List<byte[]> seeds() throws IOException {
    return List.of(
        Files.readAllBytes(Fixtures.resource("zip.pth")),
        Files.readAllBytes(Fixtures.resource("stored.npz")),
        Files.readAllBytes(Fixtures.resource("deflated.npz")));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void anything(byte[] input) throws IOException {
    read(input);
  }

  @Test
  void mutations() throws IOException {
    Mutations.check(seeds(), 3_000, ZipPthFuzzTest::read);
  }

  private static void read(byte[] input) throws IOException {
    Path file = Files.createTempFile("fuzz", ".zip");
    try {
      Files.write(file, input);
      WeightFiles.read(file);
    } catch (WeightFormatException e) {
      assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
    } finally {
      Files.delete(file);
    }
  }
}
