package io.github.trimaran.io.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

  @TempDir Path folder;

  @Test
  void writesAndReplaces() throws IOException {
    Path file = folder.resolve("new/deep/file.txt");
    AtomicFiles.write(file, "one");
    AtomicFiles.write(file, "two");
    assertThat(file).hasContent("two");
    assertThat(names(file.getParent())).containsExactly("file.txt");
  }

  @Test
  void leavesTheOldContentAndNothingElseWhenWritingFails() throws IOException {
    Path file = folder.resolve("file.txt");
    AtomicFiles.write(file, "old");
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(file).hasContent("old");
    assertThat(names(folder)).containsExactly("file.txt");
  }

  @Test
  void writesThroughSymbolicLinks() throws IOException {
    Path real = folder.resolve("real");
    AtomicFiles.write(real, "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    AtomicFiles.write(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("new");
  }

  @Test
  void saysWhyATargetCannotBeWritten() throws IOException {
    assertThatThrownBy(() -> AtomicFiles.write(folder, "x"))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot write " + folder + ": it is a folder");
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> AtomicFiles.write(file.resolve("below"), "x"))
        .hasMessageStartingWith("cannot write " + file.resolve("below") + ": ");
    assertThatThrownBy(() -> AtomicFiles.write(Path.of("/proc/trimaran/file"), "x"))
        .hasMessageStartingWith("cannot write /proc/trimaran/file: ");
  }

  @Test
  void digestsAreThoseOfFips180() throws IOException {
    String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertThat(Sha256.of(new byte[] {'a', 'b', 'c'})).isEqualTo(abc);
    Path file = folder.resolve("abc");
    AtomicFiles.write(file, "abc");
    assertThat(Sha256.of(file)).isEqualTo(abc);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
