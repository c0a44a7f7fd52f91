package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small files that unpack or nest without end. What surrounds the pixels is not looked at, and
 * pixels that do not fit are refused, in a JVM of little memory: each answer is one line.
 */
@Timeout(60)
class HostilePicturesTest {

  private static final int UNPACKED = 300_000_000;
  private static final int DEEP = 200_000;

  @TempDir Path folder;

  @Test
  void remarksAreNotUnpacked() throws IOException, InterruptedException {
    byte[] text = concat(ascii("Comment\0\0"), deflated(UNPACKED, ' '));
    byte[] xmp = concat(ascii("XML:com.adobe.xmp\0\1\0\0\0"), deflated(nested()));
    byte[] profile = concat(ascii("Profile\0\0"), deflated(UNPACKED, 0));
    List<Path> files = new ArrayList<>();
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_INDEXED}) {
      byte[] png = picture(type, "png");
      files.add(write("text-" + type + ".png", withChunk(png, "zTXt", text)));
      files.add(write("xmp-" + type + ".png", withChunk(png, "iTXt", xmp)));
      files.add(write("profile-" + type + ".png", withChunk(png, "iCCP", profile)));
      files.add(write("exif-" + type + ".png", withChunk(png, "eXIf", endlessExif())));
    }
    byte[] jpeg = picture(BufferedImage.TYPE_INT_RGB, "jpg");
    byte[] unpacked = concat(ascii("http://ns.adobe.com/xap/1.0/\0"), nested(8_000));
    files.add(write("xmp.jpg", withSegment(jpeg, unpacked)));
    files.add(write("exif.jpg", withSegment(jpeg, concat(ascii("Exif\0\0"), endlessExif()))));
    assertThat(predict("-Xmx64m", files))
        .hasSize(files.size())
        .allSatisfy(line -> assertThat(line).doesNotStartWith("trimaran").contains(": 1 "));
  }

  /** 45 bytes that claim 10,000 x 6,000 pixels, and 8 kB that hold them. */
  @Test
  void pixelsThatDoNotFitAreRefused() throws IOException, InterruptedException {
    ByteBuffer gif = ByteBuffer.allocate(45).order(ByteOrder.LITTLE_ENDIAN);
    gif.put(ascii("GIF89a")).putShort((short) 10_000).putShort((short) 6_000);
    gif.put(HexFormat.of().parseHex("800000000000ffffff2c00000000"));
    gif.putShort((short) 10_000).putShort((short) 6_000).put((byte) 0);
    gif.put(HexFormat.of().parseHex("02034401003b"));
    Path claims = write("picture.gif", gif.array());
    assertThat(predict("-Xmx256m", List.of(claims)))
        .singleElement()
        .asString()
        .startsWith("trimaran: " + claims + ": ");
    BufferedImage large = new BufferedImage(10_000, 6_000, BufferedImage.TYPE_BYTE_BINARY);
    Path holds = folder.resolve("picture.png");
    ImageIO.write(large, "png", holds.toFile());
    assertThat(predict("-Xmx128m", List.of(holds)))
        .singleElement()
        .asString()
        .startsWith("trimaran: " + holds + ": a picture of 10000 x 6000 pixels does not fit");
  }

  /** What the program says about the pictures in a JVM of its own. */
  private static List<String> predict(String memory, List<Path> pictures)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(memory, "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "predict", "--quiet"));
    pictures.forEach(picture -> command.add(picture.toString()));
    Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    program.waitFor();
    return said.lines().toList();
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  /** A one on white. */
  private static byte[] picture(int type, String format) throws IOException {
    BufferedImage picture = new BufferedImage(60, 60, type);
    for (int y = 0; y < 60; y++) {
      for (int x = 0; x < 60; x++) {
        boolean inked = x >= 28 && x < 33 && y >= 10 && y < 50;
        picture.setRGB(x, y, inked ? 0xff000000 : 0xffffffff);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, format, out)).isTrue();
    return out.toByteArray();
  }

  /** The PNG with another chunk behind its header, which is 33 bytes long. */
  private static byte[] withChunk(byte[] png, String type, byte[] content) {
    byte[] checked = concat(ascii(type), content);
    CRC32 crc = new CRC32();
    crc.update(checked);
    ByteBuffer chunk = ByteBuffer.allocate(checked.length + 8);
    chunk.putInt(content.length).put(checked).putInt((int) crc.getValue());
    return inserted(png, 33, chunk.array());
  }

  /** The JPEG with a segment APP1 behind its first marker. */
  private static byte[] withSegment(byte[] jpeg, byte[] content) {
    ByteBuffer segment = ByteBuffer.allocate(content.length + 4);
    segment.putShort((short) 0xffe1).putShort((short) (content.length + 2)).put(content);
    return inserted(jpeg, 2, segment.array());
  }

  /** A directory of 65,535 entries, none of which is there, that begins at itself. */
  private static byte[] endlessExif() {
    return ByteBuffer.allocate(10)
        .put(ascii("MM"))
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 0xffff)
        .array();
  }

  private static byte[] nested() {
    return nested(DEEP);
  }

  private static byte[] nested(int depth) {
    return ascii("<a>".repeat(depth) + "</a>".repeat(depth));
  }

  private static byte[] deflated(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  private static byte[] deflated(int count, int value) throws IOException {
    byte[] part = new byte[1_000_000];
    Arrays.fill(part, (byte) value);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(packed)) {
      for (int written = 0; written < count; written += part.length) {
        out.write(part);
      }
    }
    return packed.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return inserted(first, first.length, second);
  }

  private static byte[] inserted(byte[] bytes, int at, byte[] more) {
    return ByteBuffer.allocate(bytes.length + more.length)
        .put(bytes, 0, at)
        .put(more)
        .put(bytes, at, bytes.length - at)
        .array();
  }
}
