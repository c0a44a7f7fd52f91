package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.vision.image.DrawnPictures;
import io.github.trimaran.vision.image.Pictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no weights or no pictures are refused in one line, whatever their name says. */
class HostileFilesTest {

  @TempDir Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Pictures.writePng(folder.resolve("picture.png"), DrawnPictures.landscape());
  }

  /** The content is in hexadecimal; {@code ~} after it stands for 4096 times the last byte. */
  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          empty.safetensors | '' | the file is empty
          long.safetensors | 00000000000000407b~ | no safetensors header of 4611686018427387904 bytes
          large.safetensors | 00e1f505000000007b~ | no safetensors header of 100000000 bytes
          negative.safetensors | ffffffffffffffff7b~ | no safetensors header
          noise.net | a7~ | no file of weights of a known format
          noise.npz | 504b030411~ | truncated or damaged zip
          noise.pth | 504b030422~ | truncated or damaged zip
          field.caffemodel | a206ffffffff0778~ | a field is longer than what contains it
          weights.json | 7b2261223a20317d | no file of weights of a known format
          """)
  void weights(String name, String content, String message) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, bytes(content));
    for (String command :
        List.of("saliency @/picture.png", "class-visualization --class 1", style("picture.png"))) {
      assertRefused(file + ": ", message, command + " --weights @/" + name);
    }
  }

  private static byte[] bytes(String content) {
    byte[] start = HexFormat.of().parseHex(content.replace("~", ""));
    if (!content.endsWith("~")) {
      return start;
    }
    byte[] all = new byte[start.length + 4096];
    Arrays.fill(all, start[start.length - 1]);
    System.arraycopy(start, 0, all, 0, start.length);
    return all;
  }

  /** Heads of PNG files that claim a size, and have few pixels or none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | 10 | damaged picture
          10 | 0 | damaged picture
          100000 | 100000 | a picture of 100000 x 100000 pixels; at most 20000 a side
          100000 | 1 | a picture of 100000 x 1 pixels; at most 20000 a side
          15000 | 15000 | a picture of 15000 x 15000 pixels; at most 20000 a side and 60 million
          50 | 50 | damaged picture
          """)
  void pictures(int width, int height, String message) throws IOException {
    Path file = folder.resolve("claims.png");
    Files.write(file, png(width, height));
    assertRefused(file + ": ", message, "saliency @/claims.png --data embedded");
    assertRefused(file + ": ", message, style("claims.png") + " --data embedded");
  }

  @ParameterizedTest
  @CsvSource({"''", "68656c6c6f", "ffd8ff", "47494638396100000000", "89504e470d0a1a0a"})
  void whatIsNoPicture(String content) throws IOException {
    Path file = folder.resolve("none.png");
    Files.write(file, bytes(content));
    assertRefused(file + ": ", "picture", "saliency @/none.png --data embedded");
    assertRefused(file + ": ", "picture", style("none.png") + " --data embedded");
  }

  private static String style(String picture) {
    return "style-transfer --content @/picture.png --style @/" + picture;
  }

  private static byte[] png(int width, int height) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HexFormat.of().parseHex("89504e470d0a1a0a"));
    byte[] eightBitColour = {8, 2, 0, 0, 0};
    chunk(
        out,
        "IHDR",
        ByteBuffer.allocate(13).putInt(width).putInt(height).put(eightBitColour).array());
    chunk(out, "IDAT", HexFormat.of().parseHex("789c63000000010001"));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
    byte[] checked =
        ByteBuffer.allocate(4 + content.length)
            .put(type.getBytes(StandardCharsets.US_ASCII))
            .put(content)
            .array();
    CRC32 crc = new CRC32();
    crc.update(checked);
    out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    out.writeBytes(checked);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private void assertRefused(String start, String message, String commandLine) throws IOException {
    List<String> before = contents();
    Program program = Program.run(folder, commandLine + " --out @/a/b");
    assertThat(program.exitCode()).as(program.err()).isEqualTo(2);
    assertThat(program.err().strip())
        .startsWith("trimaran: " + start)
        .contains(message)
        .hasLineCount(1);
    assertThat(contents()).isEqualTo(before);
  }

  private List<String> contents() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).sorted().toList();
    }
  }
}
