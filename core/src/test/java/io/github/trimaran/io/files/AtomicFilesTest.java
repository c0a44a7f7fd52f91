package io.github.trimaran.io.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
  void sweepsWhatKilledWritersLeftAndLeavesTheRest() throws Exception {
    Path file = folder.resolve("ck.st");
    Path process = Path.of(System.getProperty("java.home"), "bin", "java");
    Process writer =
        new ProcessBuilder(
                process.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HangingWriter.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    try {
      // It has written its first bytes, and lives.
      assertThat(writer.getInputStream().read()).isEqualTo('w');
      String living = names(folder).get(0);
      assertThat(living).startsWith(".ck.st.").endsWith(".tmp");
      Files.createFile(folder.resolve(".ck.st.1-1.tmp"));
      Files.createFile(folder.resolve(".other.st.1-1.tmp"));
      AtomicFiles.write(file, "one");
      assertThat(names(folder)).containsExactlyInAnyOrder("ck.st", living, ".other.st.1-1.tmp");
      writer.destroyForcibly().waitFor();
      AtomicFiles.write(file, "two");
      assertThat(names(folder)).containsExactlyInAnyOrder("ck.st", ".other.st.1-1.tmp");
      assertThat(file).hasContent("two");
    } finally {
      writer.destroyForcibly();
    }
  }

  /** Begins to write a file and never ends. */
  static final class HangingWriter {
    public static void main(String[] arguments) throws IOException {
      AtomicFiles.write(
          Path.of(arguments[0]),
          out -> {
            out.write(new byte[1 << 20]);
            System.out.println('w');
            LockSupport.parkNanos(Long.MAX_VALUE);
          });
    }
  }

  @Test
  void threadsThatWriteOneFileDoNotDisturbEachOther() throws Exception {
    Path file = folder.resolve("file");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> writes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      byte[] content = new byte[100_000];
      writes.add(
          threads.submit(
              () -> {
                AtomicFiles.write(file, content);
                return null;
              }));
    }
    for (Future<?> write : writes) {
      write.get();
    }
    threads.shutdown();
    assertThat(names(folder)).containsExactly("file");
    assertThat(Files.size(file)).isEqualTo(100_000);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void devicesAndPipesAreRefusedAndStayWhatTheyAre() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (Path special : List.of(pipe, Path.of("/dev/null"))) {
      assertThatThrownBy(() -> AtomicFiles.write(special, "x"))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "cannot write " + special + ": it is a device, a pipe or a socket, not a file");
      assertThat(Files.isRegularFile(special)).isFalse();
    }
    assertThat(names(folder)).containsExactly("pipe");
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
