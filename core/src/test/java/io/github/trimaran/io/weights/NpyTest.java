package io.github.trimaran.io.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyTest {

  @TempDir Path folder;

  @Test
  void readsWhatNumPyWrote() throws IOException {
    Shape shape = Shape.of(2, 3);
    assertThat(Npy.read(Fixtures.resource("c.npy")))
        .isEqualTo(HostArray.of(new float[] {0, 1, 2, 3, 4, 5}, shape));
    assertThat(Npy.read(Fixtures.resource("fortran.npy")))
        .isEqualTo(HostArray.of(new double[] {0, 1, 2, 3, 4, 5}, shape));
    assertThat(Npy.read(Fixtures.resource("big-endian.npy")))
        .isEqualTo(HostArray.of(new long[] {0, 1, 2, 3, 4, 5}, shape));
    assertThat(Npy.read(Fixtures.resource("version3.npy")))
        .isEqualTo(HostArray.of(new float[] {1.5f, -0.25f}, Shape.of(2)));
  }

  @Test
  void readsArchives() throws IOException {
    StateDict stored = Npy.readZip(Fixtures.resource("stored.npz"));
    assertThat(stored.names()).containsExactly("weight", "mask");
    assertThat(stored.get("weight").longs()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(stored.get("mask").booleans()).containsExactly(true, false);
    StateDict deflated = Npy.readZip(Fixtures.resource("deflated.npz"));
    assertThat(deflated.get("weight").shape()).isEqualTo(Shape.of(100, 100));
    assertThat(deflated.get("scalar")).isEqualTo(HostArray.of(new double[] {2.5}, Shape.scalar()));
  }

  @Test
  void refusesPickledObjects() {
    assertThatThrownBy(() -> Npy.read(Fixtures.resource("objects.npy")))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("NumPy type '|O' is not read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } | 8 | ok",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 1)} | 8 | ok",
        "{'descr': '<f4', 'fortran_order': False, 'shape': ()} | 4 | ok",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} | 4 | needs 8 bytes, 4 are left",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} | 9 | unexpected bytes",
        "{'descr': '<f4', 'fortran_order': False} | 4 | needs descr",
        "{'descr': '<f4', 'descr': '<f4', 'shape': ()} | 4 | given twice",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (), 'x': 1} | 4 | unknown key",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': ()} | 4 | structured",
        "{'descr': '<c8', 'fortran_order': False, 'shape': ()} | 8 | '<c8' is not read",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': ()} | 4 | True or False",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)} | 4 | expected an extent",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (999999999999,)} | 4 | impossible shape",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536)} | 4 | 2^31 - 1",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} x | 8 | text after",
        "__import__('os').system('true') | 4 | expected '{'",
      })
  void checksTheHeader(String header, int dataBytes, String message) throws IOException {
    Path file = folder.resolve("a.npy");
    Files.write(file, npy(header, dataBytes));
    if (message.equals("ok")) {
      assertThat(Npy.read(file).shape().size()).isEqualTo(dataBytes / 4);
    } else {
      assertThatThrownBy(() -> Npy.read(file))
          .isInstanceOf(WeightFormatException.class)
          .hasMessageContaining(message);
    }
  }

  @Test
  void refusesZipBombsWithoutUnpackingThem() throws IOException {
    Path file = folder.resolve("bomb.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("bomb.npy"));
      zip.write(npy("{'descr': '<f8', 'fortran_order': False, 'shape': (100000000,)}", 0));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        zip.write(zeros);
      }
    }
    try (ZipArchive zip = ZipArchive.open(file, MemoryBudget.of(1 << 20))) {
      assertThatThrownBy(() -> Npy.readZip(zip))
          .isInstanceOf(WeightFormatException.class)
          .hasMessageContaining("needs 800000000 bytes");
    }
    declareSize(file, 2_000_000_000);
    assertThatThrownBy(() -> Npy.readZip(file))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("zip bomb");
  }

  @Test
  void keepsToItsBudget() throws IOException {
    try (ZipArchive zip =
        ZipArchive.open(Fixtures.resource("deflated.npz"), MemoryBudget.of(10_000))) {
      assertThatThrownBy(() -> Npy.readZip(zip))
          .isInstanceOf(WeightFormatException.class)
          .hasMessageContaining("-Xmx");
    }
  }

  @Test
  void noticesDamageByTheChecksum() throws IOException {
    byte[] bytes = Files.readAllBytes(Fixtures.resource("stored.npz"));
    bytes[30 + "weight.npy".length() + 20 + 128 + 3] ^= 1;
    Path file = folder.resolve("damaged.npz");
    Files.write(file, bytes);
    assertThatThrownBy(() -> Npy.readZip(file))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("checksum differs");
  }

  /** Overwrites the size that the central directory gives for the first entry. */
  private static void declareSize(Path file, int size) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int i = bytes.length - 46; i >= 0; i--) {
      if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1 && bytes[i + 3] == 2) {
        for (int b = 0; b < 4; b++) {
          bytes[i + 24 + b] = (byte) (size >>> (8 * b));
        }
        break;
      }
    }
    Files.write(file, bytes);
  }

  private static byte[] npy(String header, int dataBytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int part : NpyReader.MAGIC) {
      out.write(part);
    }
    out.write(new byte[] {1, 0, (byte) text.length, (byte) (text.length >>> 8)});
    out.write(text);
    out.write(new byte[dataBytes]);
    return out.toByteArray();
  }
}
