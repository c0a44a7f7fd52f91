package io.github.trimaran.examples.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sixteen clients draw for a minute without lifting the pen, as fast as the page asks, ten times a
 * second each: no error, no growth, 99 of 100 within 150 ms. Times mean something on an idle
 * machine only; what the server's work takes of a processor is told beside them:
 *
 * <pre>
 * mvn test -Psoak -Dlight -pl core,backend-cpu,vision,backend-nd4j,backend-djl,onnx,examples \
 *   -Dengine.nd4j -Dengine.djl -Dtest=DrawLoadTest -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
@Tag("soak")
class DrawLoadTest {

  private static final int CLIENTS = 16;
  private static final int SECONDS = Integer.getInteger("trimaran.load.seconds", 60);
  private static final int MOST_MILLISECONDS = Integer.getInteger("trimaran.load.p99", 150);
  private static final int WARM_UP_SECONDS = 5;
  private static final long PERIOD_NANOS =
      1_000_000L * Integer.getInteger("trimaran.load.period", 100);

  /** As the page sends it. */
  private static final int SIDE = 112;

  private static final long MOST_GROWTH = 24 << 20;

  @TempDir Path folder;

  /** What the clients' own threads took. */
  private final LongAdder clientNanos = new LongAdder();

  private static OperatingSystemMXBean machine() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }

  @Test
  void sixteenClientsDrawForAMinute() throws Exception {
    try (Served served = Served.start(folder)) {
      draw(served, WARM_UP_SECONDS);
      long live = served.liveArrays();
      long before = heap();
      long busy = machine().getProcessCpuTime();
      clientNanos.reset();
      List<Double> milliseconds = draw(served, SECONDS);
      double cpu = (machine().getProcessCpuTime() - busy - clientNanos.sum()) / 1e6;
      milliseconds.sort(Double::compare);
      double median = milliseconds.get(milliseconds.size() / 2);
      double p99 = milliseconds.get((int) (milliseconds.size() * 0.99));
      System.out.printf(
          "drawing      %d clients, %d answers in %d s: median %.1f ms, 99 %% within %.1f ms, longest"
              + " %.1f ms; %.2f ms of processor an answer, load %.1f on %d cores%n",
          CLIENTS,
          milliseconds.size(),
          SECONDS,
          median,
          p99,
          milliseconds.get(milliseconds.size() - 1),
          cpu / milliseconds.size(),
          machine().getSystemLoadAverage(),
          Runtime.getRuntime().availableProcessors());
      assertThat(served.liveArrays()).as("arrays").isEqualTo(live);
      assertThat(heap() - before).as("growth of the heap").isLessThan(MOST_GROWTH);
      assertThat(p99).as("the 99th percentile, in milliseconds").isLessThan(MOST_MILLISECONDS);
    }
  }

  /** The times of all answers. */
  private List<Double> draw(Served served, int seconds) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<List<Double>>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int first = i;
        clients.add(threads.submit(() -> client(served, first, seconds)));
      }
      List<Double> all = new ArrayList<>();
      for (Future<List<Double>> client : clients) {
        all.addAll(client.get());
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Double> client(Served served, int first, int seconds) throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<byte[]> drawings = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      drawings.add(Served.drawing(digit, SIDE));
    }
    HttpClient client =
        HttpClient.newBuilder()
            .executor(Runnable::run)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    List<Double> milliseconds = new ArrayList<>();
    long start = System.nanoTime() + first * PERIOD_NANOS / CLIENTS;
    for (int i = 0; i * PERIOD_NANOS < seconds * 1_000_000_000L; i++) {
      byte[] drawing = drawings.get((first + i) % 10);
      long wait = start + i * PERIOD_NANOS - System.nanoTime();
      if (wait > 0) {
        Thread.sleep(wait / 1_000_000);
      }
      long asked = System.nanoTime();
      HttpRequest request =
          HttpRequest.newBuilder(served.uri().resolve("/api/v1/digits"))
              .header("Content-Type", "image/png")
              .POST(BodyPublishers.ofByteArray(drawing))
              .build();
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      milliseconds.add((System.nanoTime() - asked) / 1e6);
      assertThat(response.statusCode()).isEqualTo(200);
    }
    clientNanos.add(threads.getCurrentThreadCpuTime());
    return milliseconds;
  }

  private static long heap() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
