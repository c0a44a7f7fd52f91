package io.github.trimaran.io.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("one-jdk")
class PathLockTest {

  private static final int TIMES = 1_000;

  @TempDir Path folder;

  /** Adds one to the number in a file, in a way that loses additions if two do it at once. */
  static final class Adder {

    private Adder() {}

    public static void main(String[] arguments) throws IOException {
      for (int i = 0; i < TIMES; i++) {
        add(Path.of(arguments[0]));
      }
    }

    static void add(Path file) throws IOException {
      try (PathLock lock = PathLock.acquire(file.resolveSibling(".lock"), () -> {})) {
        int before = Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
        Thread.yield();
        Files.writeString(file, Integer.toString(before + 1));
      }
    }
  }

  @Test
  void oneAtATimeAmongThreadsAndProcesses() throws Exception {
    Path file = folder.resolve("number");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Adder.class.getName(),
                  file.toString())
              .inheritIO()
              .start());
    }
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Future<?>> futures = new ArrayList<>();
    for (int i = 0; i < 3 * TIMES; i++) {
      futures.add(
          threads.submit(
              () -> {
                Adder.add(file);
                return null;
              }));
    }
    for (Future<?> future : futures) {
      future.get();
    }
    threads.shutdown();
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    assertThat(file).hasContent(Integer.toString(5 * TIMES));
    assertThat(folder.toFile().list()).containsExactly("number");
  }

  @Test
  void tellsThatItWaitsAndRemovesTheFoldersItMade() throws Exception {
    Path file = folder.resolve("a/b/.lock");
    AtomicInteger waits = new AtomicInteger();
    PathLock first = PathLock.acquire(file, waits::incrementAndGet);
    Thread second =
        new Thread(
            () -> {
              try {
                PathLock.acquire(file, waits::incrementAndGet).close();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    second.start();
    while (waits.get() == 0) {
      Thread.onSpinWait();
    }
    first.close();
    second.join();
    assertThat(waits).hasValue(1);
    assertThat(folder).isEmptyDirectory();
  }
}
