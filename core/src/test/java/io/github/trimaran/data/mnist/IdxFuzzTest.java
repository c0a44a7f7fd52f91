package io.github.trimaran.data.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.trimaran.data.DataException;
import io.github.trimaran.fuzz.Mutations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** IDX files are read or refused by a {@link DataException}. */
class IdxFuzzTest {

  static List<byte[]> seeds() throws IOException {
    byte[] plain = {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4};
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return List.of(plain, packed.toByteArray());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void anything(byte[] input) throws IOException {
    read(input);
  }

  @Test
  void mutations() throws IOException {
    Mutations.check(seeds(), 3_000, IdxFuzzTest::read);
  }

  private static void read(byte[] input) throws IOException {
    try {
      IdxFile.of(input, Path.of("fuzz"), 3);
    } catch (DataException e) {
      assertThat(e.getMessage()).startsWith("fuzz: ");
    }
  }
}
