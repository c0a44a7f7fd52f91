package io.github.trimaran.data.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.trimaran.fuzz.Mutations;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives are read or refused by a {@link TarException}, or end too early. */
class TarFuzzTest {

  static List<byte[]> seeds() throws IOException {
    return List.of(
        TarGzTest.entry("a/b.txt", '0', new byte[] {1, 2, 3}),
        TarGzTest.entry("pax", 'x', new byte[20]),
        new byte[1024]);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void anything(byte[] input) throws IOException {
    read(input);
  }

  @Test
  void mutations() throws IOException {
    Mutations.check(seeds(), 3_000, TarFuzzTest::read);
  }

  private static void read(byte[] input) throws IOException {
    InputStream in = new ByteArrayInputStream(input);
    try {
      for (TarEntry entry = TarEntry.read(in); entry != null; entry = TarEntry.read(in)) {
        entry.copyContent(in, OutputStream.nullOutputStream());
      }
    } catch (TarException | EOFException e) {
      assertThat(String.valueOf(e.getMessage())).doesNotContain("\n");
    }
  }
}
