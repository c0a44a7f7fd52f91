package io.github.trimaran.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarGzTest {

  @TempDir Path folder;
  private Path archive;
  private Path target;
  private final TarGz unpacker = new TarGz(4, 5000);

  @BeforeEach
  void names() {
    archive = folder.resolve("archive.tar.gz");
    target = folder.resolve("data");
  }

  @Test
  void unpacksFilesAndFolders() throws IOException {
    byte[] thousand = new byte[1000];
    Arrays.fill(thousand, (byte) 'x');
    write(
        entry("set/", '5', new byte[0]),
        entry("set/one.bin", '0', thousand),
        entry("set/deep/two.txt", (char) 0, "two".getBytes(StandardCharsets.UTF_8)),
        new byte[1024]);
    Files.createDirectories(target.resolve("set"));
    Files.writeString(target.resolve("set/one.bin"), "old");
    Files.writeString(target.resolve("set/mine.txt"), "mine");
    unpacker.unpack(archive, target);
    assertThat(target.resolve("set/one.bin")).hasBinaryContent(thousand);
    assertThat(target.resolve("set/deep/two.txt")).hasContent("two");
    assertThat(target.resolve("set/mine.txt")).hasContent("mine");
    assertThat(target).isDirectoryNotContaining("glob:**.unpack*");
  }

  @Test
  void ignoresAttributesThatChangeNothing() throws IOException {
    byte[] time = "30 mtime=1400000000.123456789\n".getBytes(StandardCharsets.UTF_8);
    write(entry("pax", 'x', time), file("a.txt"), new byte[1024]);
    unpacker.unpack(archive, target);
    assertThat(target.resolve("a.txt")).hasContent("content");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../out.txt", "a/../../out.txt", "/tmp/out.txt", "..\\out.txt", "C:\\out.txt", ""})
  void refusesPathsThatClimbOut(String name) throws IOException {
    write(file("good.txt"), file(name), new byte[1024]);
    refused("its entry '" + name + "' would be outside of the target folder");
    assertThat(folder.resolve("out.txt")).doesNotExist();
  }

  @Test
  void refusesLinksAndDevices() throws IOException {
    write(file("good.txt"), entry("link", '2', new byte[0]), new byte[1024]);
    refused("its entry 'link' is a link");
    write(entry("link", '1', new byte[0]), new byte[1024]);
    refused("its entry 'link' is a link");
    write(entry("tty", '3', new byte[0]), new byte[1024]);
    refused("its entry 'tty' is neither file nor folder (type 51)");
  }

  @Test
  void refusesAttributesThatRename() throws IOException {
    byte[] path = "17 path=../out.txt\n".getBytes(StandardCharsets.UTF_8);
    write(entry("pax", 'x', path), file("a.txt"), new byte[1024]);
    refused("its attributes give a file another name or size");
  }

  @Test
  void refusesBombs() throws IOException {
    write(entry("zeros", '0', new byte[5001]), new byte[1024]);
    refused("more than the 4 entries or 5000 bytes it may have");
    write(file("1"), file("2"), file("3"), file("4"), file("5"), new byte[1024]);
    refused("more than the 4 entries or 5000 bytes it may have");
    write(file("a"), new byte[3 << 20]);
    refused("it goes on after its end mark");
  }

  @Test
  void refusesDamage() throws IOException {
    byte[] wrong = file("a.txt");
    wrong[0] = 'b';
    write(wrong, new byte[1024]);
    refused("damaged, or not a tar archive: the checksum of a header is wrong");
    write("no tar archive at all".repeat(100).getBytes(StandardCharsets.UTF_8));
    refused("damaged, or not a tar archive: a header has no octal number");
    Files.writeString(archive, "no gzip data");
    refused("Not in GZIP format");
  }

  @Test
  void refusesTruncation() throws IOException {
    write(file("a.txt"), file("b.txt"));
    refusedAsTruncated();
    write(file("a.txt"), Arrays.copyOf(file("b.txt"), 515));
    refusedAsTruncated();
    write(file("a.txt"), new byte[1024]);
    byte[] packed = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(packed, packed.length - 8));
    refusedAsTruncated();
    Files.write(archive, new byte[0]);
    refusedAsTruncated();
  }

  @Test
  void refusesAFileWhereAnotherEntryHasAFolder() throws IOException {
    write(file("a"), file("a//b"), new byte[1024]);
    refused("it has a file where its entry 'a//b' needs a folder");
    write(file("a/b"), file("a"), new byte[1024]);
    refused("it has a folder where its entry 'a' is a file");
  }

  private void refusedAsTruncated() {
    assertThatThrownBy(() -> unpacker.unpack(archive, target))
        .isInstanceOf(DataException.class)
        .hasMessage(archive + ": truncated; nothing was unpacked");
    assertThat(target).isEmptyDirectory();
  }

  private void refused(String reason) {
    assertThatThrownBy(() -> unpacker.unpack(archive, target))
        .isInstanceOf(DataException.class)
        .hasMessage(archive + ": " + reason + "; nothing was unpacked");
    assertThat(target).isEmptyDirectory();
  }

  private void write(byte[]... blocks) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      for (byte[] block : blocks) {
        out.write(block);
      }
    }
    Files.write(archive, packed.toByteArray());
  }

  private static byte[] file(String name) {
    return entry(name, '0', "content".getBytes(StandardCharsets.UTF_8));
  }

  /** A header as POSIX.1-1988 gives it, and the padded content. */
  static byte[] entry(String name, char type, byte[] content) {
    byte[] entry = new byte[512 + (content.length + 511) / 512 * 512];
    put(entry, 0, name);
    put(entry, 100, "0000644\0");
    put(entry, 124, String.format("%011o\0", content.length));
    put(entry, 136, "00000000000\0");
    entry[156] = (byte) type;
    put(entry, 257, "ustar\00000");
    put(entry, 148, "        ");
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += entry[i] & 0xFF;
    }
    put(entry, 148, String.format("%06o\0 ", sum));
    System.arraycopy(content, 0, entry, 512, content.length);
    return entry;
  }

  private static void put(byte[] entry, int from, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, entry, from, bytes.length);
  }
}
