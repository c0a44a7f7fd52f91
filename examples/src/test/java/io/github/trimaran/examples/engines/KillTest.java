package io.github.trimaran.examples.engines;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.trimaran.data.download.DownloadProgress;
import io.github.trimaran.data.download.Downloader;
import io.github.trimaran.data.download.PublishedFile;
import io.github.trimaran.examples.cli.Main;
import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.io.files.Sha256;
import io.github.trimaran.io.weights.StateDict;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes killed at random moments, 50 in all: what goes on afterwards ends as if nothing had
 * happened, and no file is left over. Where the system has process namespaces, each process has the
 * same id, as in a container that is started again.
 */
@Tag("kill")
@DisabledOnOs(OS.WINDOWS)
class KillTest {

  private static final RandomGenerator RANDOM = RandomGenerator.of("L64X128MixRandom");
  private static final List<String> NAMESPACE =
      List.of("unshare", "--fork", "--pid", "--mount-proc", "--kill-child");

  private static List<String> prefix = List.of();

  @TempDir Path folder;

  @BeforeAll
  static void findNamespaces() throws Exception {
    List<String> attempt = new ArrayList<>(NAMESPACE);
    attempt.add("true");
    try {
      if (new ProcessBuilder(attempt).start().waitFor() == 0) {
        prefix = NAMESPACE;
      }
    } catch (IOException e) {
      prefix = List.of();
    }
  }

  private static Process start(Class<?> main, List<String> arguments, Path log) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--add-modules") || flag.startsWith("--enable-native"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Runs to the end; how long it took, in milliseconds. */
  private long run(Class<?> main, List<String> arguments) throws Exception {
    Path log = folder.resolve("log");
    long before = System.nanoTime();
    Process process = start(main, arguments, log);
    assertThat(process.waitFor(30, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    Files.delete(log);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
  }

  /** Kills it at a random moment of the time that it takes. */
  private void kill(Class<?> main, List<String> arguments, long millis) throws Exception {
    Path log = folder.resolve("log");
    Process process = start(main, arguments, log);
    process.waitFor(RANDOM.nextLong(millis), TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    // The parent is gone; its child, killed with it, may take a moment.
    while (process.descendants().findAny().isPresent()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    Files.delete(log);
  }

  private List<String> left(Path place) throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      return all.filter(Files::isRegularFile)
          .map(path -> place.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private static List<String> train(String backend, Path place, boolean resumes) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                ("train mnist --data embedded --quiet --num-training 400 --num-validation 0"
                        + " --num-test 100 --batch-size 10 --epochs 6 --hidden 20 --filters 8"
                        + " --threads 2 --backend "
                        + backend)
                    .split(" ")));
    Path model = place.resolve("model.st");
    arguments.addAll(List.of("--out", place.resolve("out").toString(), "--save", model.toString()));
    if (resumes && Files.exists(model)) {
      arguments.addAll(List.of("--resume", model.toString()));
    }
    return arguments;
  }

  private static StateDict weights(Path place) throws IOException {
    return SavedModel.read(place.resolve("model.st")).weights();
  }

  /** 12 kills on each backend. */
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "nd4j", "djl"})
  void trainingGoesOnBitForBit(String backend) throws Exception {
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    long millis = run(Main.class, train(backend, whole, false));
    for (int i = 0; i < 12; i++) {
      kill(Main.class, train(backend, killed, true), millis);
    }
    run(Main.class, train(backend, killed, true));
    assertThat(weights(killed)).isEqualTo(weights(whole));
    assertThat(left(killed)).isEqualTo(left(whole));
  }

  /** 5 kills. */
  @Test
  void anExportIsThereOrNot() throws Exception {
    Path place = folder.resolve("place");
    run(Main.class, train("cpu", place, false));
    Path small = place.resolve("small.st");
    List<String> export =
        List.of("export", "--model", place.resolve("model.st").toString(), small.toString());
    long millis = run(Main.class, export);
    byte[] whole = Files.readAllBytes(small);
    List<String> files = left(place);
    for (int i = 0; i < 5; i++) {
      kill(Main.class, export, millis);
      assertThat(small).hasBinaryContent(whole);
    }
    run(Main.class, export);
    assertThat(left(place)).isEqualTo(files);
  }

  /** As --quick does it, six settings and then two of them, but on few pictures. */
  private static List<String> search(Path place) {
    return List.of(
        ("exercise 29c --data embedded --quiet --seed 5 --num-training 400 --num-validation 100"
                + " --num-test 100 --batch-size 20 --trials 6 --epochs 3 --filters 8"
                + " --filter-size 3 --hidden 16 --out "
                + place)
            .split(" "));
  }

  /** What was tried and how it did, without the seconds, which are column 4. */
  private static List<String> trials(Path place) throws IOException {
    return Files.readAllLines(place.resolve("trials.csv")).stream()
        .map(line -> line.replaceFirst("^(.*?,.*?,.*?),.*?,", "$1,"))
        .sorted()
        .toList();
  }

  /** 5 kills. */
  @Test
  void aSearchGoesOn() throws Exception {
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    long millis = run(Main.class, search(whole));
    for (int i = 0; i < 5; i++) {
      kill(Main.class, search(killed), millis);
    }
    run(Main.class, search(killed));
    assertThat(trials(killed)).isEqualTo(trials(whole));
    assertThat(SavedModel.read(killed.resolve("best.safetensors")).weights())
        .isEqualTo(SavedModel.read(whole.resolve("best.safetensors")).weights());
    assertThat(left(killed)).isEqualTo(left(whole));
  }

  /** Downloads a file: address, size, digest, target. */
  static final class Download {

    private Download() {}

    public static void main(String[] arguments) throws IOException {
      PublishedFile file =
          new PublishedFile(
              "file.bin",
              Long.parseLong(arguments[1]),
              arguments[2],
              List.of(URI.create(arguments[0])));
      new Downloader().fetch(file, Path.of(arguments[3]), DownloadProgress.NONE);
    }
  }

  /** 4 kills. */
  @Test
  void aDownloadGoesOn() throws Exception {
    byte[] content = new byte[4 << 20];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + i / 257);
    }
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          try (OutputStream out = exchange.getResponseBody()) {
            for (int at = 0; at < content.length; at += 1 << 16) {
              out.write(content, at, 1 << 16);
              pause();
            }
          }
        });
    server.start();
    try {
      Path target = folder.resolve("place/file.bin");
      List<String> arguments =
          List.of(
              "http://localhost:" + server.getAddress().getPort() + "/",
              Integer.toString(content.length),
              Sha256.of(content),
              target.toString());
      for (int i = 0; i < 4; i++) {
        kill(Download.class, arguments, 1_500);
      }
      run(Download.class, arguments);
      assertThat(target).hasBinaryContent(content);
      assertThat(left(target.getParent())).containsExactly("file.bin");
    } finally {
      server.stop(0);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
