package io.github.trimaran.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.trimaran.io.files.Sha256;
import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloaderTest {

  private static final byte[] CONTENT = new byte[300_000];

  static {
    Rng.seeded(1).nextBytes(CONTENT);
  }

  @TempDir Path folder;
  private Path target;
  private HttpServer server;
  private ExecutorService threads;
  private final AtomicInteger requests = new AtomicInteger();
  private final Downloader downloader =
      new Downloader(Duration.ofSeconds(60), Duration.ofSeconds(60));

  @BeforeEach
  void start() throws IOException {
    target = folder.resolve("new/file.bin");
    threads = Executors.newCachedThreadPool();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void putsAWholeFileInPlace() throws IOException {
    serve("/good", exchange -> send(exchange, 200, CONTENT));
    List<Long> seen = new ArrayList<>();
    downloader.fetch(
        file("/good"),
        target,
        (name, done, total) -> {
          assertThat(name).isEqualTo("file.bin");
          assertThat(total).isEqualTo(CONTENT.length);
          seen.add(done);
        });
    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(names()).containsExactly("file.bin");
    assertThat(seen).isSorted().startsWith(0L).endsWith((long) CONTENT.length);
  }

  @Test
  void goesOnWhereAnEarlierDownloadBrokeOff() throws IOException {
    List<String> ranges = new ArrayList<>();
    serve("/ranges", exchange -> sendRange(exchange, ranges));
    leave(Arrays.copyOf(CONTENT, 100_000));
    downloader.fetch(file("/ranges"), target, DownloadProgress.NONE);
    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(ranges).containsExactly("bytes=100000-");
    assertThat(names()).containsExactly("file.bin");
  }

  @Test
  void startsAgainWhereTheServerKnowsNoRanges() throws IOException {
    serve("/good", exchange -> send(exchange, 200, CONTENT));
    leave(new byte[100_000]);
    downloader.fetch(file("/good"), target, DownloadProgress.NONE);
    assertThat(target).hasBinaryContent(CONTENT);
  }

  @Test
  void startsAgainWhenWhatWasThereBelongedToAnotherFile() throws IOException {
    List<String> ranges = new ArrayList<>();
    serve("/ranges", exchange -> sendRange(exchange, ranges));
    leave(new byte[100_000]);
    downloader.fetch(file("/ranges"), target, DownloadProgress.NONE);
    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(ranges).containsExactly("bytes=100000-", "none");
  }

  @Test
  void needsNoServerWhereAllWasThereButTheName() throws IOException {
    leave(CONTENT);
    downloader.fetch(file("/nowhere"), target, DownloadProgress.NONE);
    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(requests).hasValue(0);
  }

  @Test
  void resumesByItselfWhenTheConnectionBreaksOff() throws IOException {
    List<String> ranges = new ArrayList<>();
    serve(
        "/breaks",
        exchange -> {
          if (requests.get() == 1) {
            sendPart(exchange, 120_000);
          } else {
            sendRange(exchange, ranges);
          }
        });
    downloader.fetch(file("/breaks"), target, DownloadProgress.NONE);
    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(ranges).hasSize(1).doesNotContain("none");
  }

  @Test
  void keepsWhatItHasWhenTheServerAlwaysBreaksOff() throws IOException {
    serve("/breaks", exchange -> sendPart(exchange, 120_000));
    assertThatThrownBy(() -> downloader.fetch(file("/breaks"), target, DownloadProgress.NONE))
        .isInstanceOf(DownloadException.class)
        .hasMessageStartingWith("cannot download file.bin: localhost: ");
    assertThat(requests).hasValue(3);
    assertThat(target).doesNotExist();
  }

  @Test
  void givesUpOnAServerThatGoesSilent() {
    CountDownLatch never = new CountDownLatch(1);
    serve(
        "/silent",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, 1000);
          exchange.getResponseBody().flush();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Downloader impatient = new Downloader(Duration.ofSeconds(60), Duration.ofSeconds(1));
    assertThatThrownBy(() -> impatient.fetch(file("/silent"), target, DownloadProgress.NONE))
        .hasMessageMatching(".*localhost: (nothing came for|no answer within) 1 s");
    assertThat(target).doesNotExist();
  }

  @Test
  void refusesAnotherFileAndTakesTheNextMirror() throws IOException {
    byte[] other = CONTENT.clone();
    other[200_000] ^= 1;
    serve("/wrong", exchange -> send(exchange, 200, other));
    serve("/down", exchange -> send(exchange, 503, new byte[10]));
    serve("/good", exchange -> send(exchange, 200, CONTENT));
    assertThatThrownBy(
            () -> downloader.fetch(file("/wrong", "/down"), target, DownloadProgress.NONE))
        .hasMessage(
            "cannot download file.bin: localhost: what it sends is not the published file, its"
                + " SHA-256 differs; localhost: HTTP status 503");
    assertThat(names()).isEmpty();
    downloader.fetch(file("/wrong", "/down", "/good"), target, DownloadProgress.NONE);
    assertThat(target).hasBinaryContent(CONTENT);
  }

  @Test
  void refusesMoreThanTheFileHas() throws IOException {
    serve("/more", exchange -> send(exchange, 200, Arrays.copyOf(CONTENT, 300_001)));
    assertThatThrownBy(() -> downloader.fetch(file("/more"), target, DownloadProgress.NONE))
        .hasMessageContaining("it sends more than the 300000 bytes of the file");
    assertThat(names()).isEmpty();
  }

  @Test
  void aServerErrorLeavesWhatIsThereAlone() throws IOException {
    serve("/down", exchange -> send(exchange, 500, new byte[0]));
    leave(Arrays.copyOf(CONTENT, 1000));
    assertThatThrownBy(() -> downloader.fetch(file("/down"), target, DownloadProgress.NONE))
        .hasMessage("cannot download file.bin: localhost: HTTP status 500");
    assertThat(names()).containsExactly("file.bin.part");
  }

  @Test
  void saysSoWithoutANetwork() {
    int port = server.getAddress().getPort();
    server.stop(0);
    PublishedFile file =
        PublishedFile.of(
            "file.bin", CONTENT.length, Sha256.of(CONTENT), "http://localhost:" + port + "/");
    assertThatThrownBy(() -> downloader.fetch(file, target, DownloadProgress.NONE))
        .isInstanceOf(DownloadException.class)
        .hasMessage("cannot download file.bin: localhost: no connection");
    assertThat(target.getParent()).doesNotExist();
  }

  @Test
  void ofTwoDownloadsOneWorksAndTheOtherUsesIt() throws Exception {
    AtomicInteger served = new AtomicInteger();
    AtomicInteger waited = new AtomicInteger();
    serve(
        "/good",
        exchange -> {
          served.incrementAndGet();
          send(exchange, 200, CONTENT);
        });
    DownloadProgress progress =
        new DownloadProgress() {
          @Override
          public void update(String name, long done, long total) {}

          @Override
          public void waiting(String name) {
            waited.incrementAndGet();
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> downloads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      downloads.add(
          threads.submit(
              () -> {
                downloader.fetch(file("/good"), target, progress);
                return null;
              }));
    }
    for (Future<?> download : downloads) {
      download.get();
    }
    threads.shutdown();
    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(served).hasValue(1);
    assertThat(waited.get()).isLessThanOrEqualTo(3);
    assertThat(target.getParent().toFile().list()).containsExactly("file.bin");
  }

  @Test
  void namesAFolderThatCannotBeMade() throws IOException {
    Files.createFile(folder.resolve("new"));
    serve("/good", exchange -> send(exchange, 200, CONTENT));
    assertThatThrownBy(() -> downloader.fetch(file("/good"), target, DownloadProgress.NONE))
        .isInstanceOf(DownloadException.class)
        .hasMessageStartingWith("cannot write " + target + ":");
  }

  private PublishedFile file(String... paths) {
    String base = "http://localhost:" + server.getAddress().getPort();
    List<URI> mirrors = Stream.of(paths).map(path -> URI.create(base + path)).toList();
    return new PublishedFile("file.bin", CONTENT.length, Sha256.of(CONTENT), mirrors);
  }

  private void leave(byte[] part) throws IOException {
    Files.createDirectories(target.getParent());
    Files.write(folder.resolve("new/file.bin.part"), part);
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            requests.incrementAndGet();
            handler.handle(exchange);
          }
        });
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Announces the whole and closes the connection early. */
  private static void sendPart(HttpExchange exchange, int length) throws IOException {
    exchange.sendResponseHeaders(200, CONTENT.length);
    exchange.getResponseBody().write(CONTENT, 0, length);
    exchange.getResponseBody().flush();
  }

  private static void sendRange(HttpExchange exchange, List<String> ranges) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(range == null ? "none" : range);
    if (range == null) {
      send(exchange, 200, CONTENT);
      return;
    }
    int from = Integer.parseInt(range.replaceAll("\\D", ""));
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (CONTENT.length - 1) + "/" + CONTENT.length);
    send(exchange, 206, Arrays.copyOfRange(CONTENT, from, CONTENT.length));
  }

  private List<String> names() throws IOException {
    if (!Files.exists(target.getParent())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(target.getParent())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
