package io.github.trimaran.collective;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a sum costs, by formulas and by the clock. */
class RingCostTest {

  private static final Path PAGE = Path.of("..", "docs", "guide", "scaling.md");

  /** In seconds: the latency of a message, and bytes a second. */
  private record Network(double latency, double bandwidth) {

    double ring(int workers, double bytes) {
      return 2 * (workers - 1) * latency + 2.0 * (workers - 1) / workers * bytes / bandwidth;
    }

    double tree(int workers, double bytes) {
      return 2 * Math.log(workers) / Math.log(2) * (latency + bytes / bandwidth);
    }

    double server(int workers, double bytes) {
      return 2 * latency + 2 * workers * bytes / bandwidth;
    }
  }

  @Test
  void tableOfTheGuideFollowsFromTheFormulas() throws IOException {
    List<String> page = Files.readAllLines(PAGE);
    Network usual = new Network(50e-6, 1.25e9);
    for (int workers = 2; workers <= 1024; workers *= 2) {
      StringBuilder line = new StringBuilder("| " + workers + " |");
      for (double bytes : new double[] {1e6, 1e8, 1e9}) {
        line.append(' ')
            .append(time(usual.ring(workers, bytes)))
            .append(" / ")
            .append(time(usual.tree(workers, bytes)))
            .append(" / ")
            .append(time(usual.server(workers, bytes)))
            .append(" |");
      }
      assertThat(page).contains(line.toString());
    }
  }

  private static String time(double seconds) {
    if (seconds < 0.01) {
      return String.format(Locale.ROOT, "%.2f ms", seconds * 1e3);
    }
    return seconds < 10
        ? String.format(Locale.ROOT, "%.0f ms", seconds * 1e3)
        : String.format(Locale.ROOT, "%.0f s", seconds);
  }

  /** Latency and bandwidth of this machine's own network, and how well the formula holds for it. */
  @Test
  @Tag("soak")
  void formulaHoldsForTheLoopback() throws Exception {
    double small = seconds(2, 2, 2000);
    double large = seconds(2, 5_000_000, 20);
    Network loopback = new Network(small / 2, 20e6 / (large - small));
    System.out.printf(
        Locale.ROOT,
        "Loopback: latency %.0f us, bandwidth %.2f GB/s%n",
        loopback.latency() * 1e6,
        loopback.bandwidth() / 1e9);
    double four = seconds(4, 5_000_000, 20);
    System.out.printf(
        Locale.ROOT,
        "20 MB with 4 workers: %.1f ms; by the formula %.1f ms, were there a link each%n",
        four * 1e3,
        loopback.ring(4, 20e6) * 1e3);
    // Four workers share one machine's memory and cores, so it cannot be faster.
    assertThat(four).isGreaterThan(loopback.ring(4, 20e6) * 0.5);
  }

  private static double seconds(int size, int numbers, int rounds) throws Exception {
    List<RingDoor> doors = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      doors.add(RingDoor.open(InetAddress.getLoopbackAddress()).patience(Duration.ofMinutes(1)));
    }
    List<String> addresses = doors.stream().map(RingDoor::address).toList();
    RingSecurity security = new RingSecurity(RingSecurity.newSecret(), "cost", false);
    List<Collective> workers = new ArrayList<>();
    for (Future<Collective> joined :
        SideBySide.each(
            Ring.ofThreads(size),
            worker -> doors.get(worker.rank()).join(worker.rank(), addresses, security))) {
      workers.add(joined.get());
    }
    List<Double> times =
        SideBySide.run(
            workers,
            worker -> {
              float[] values = new float[numbers];
              for (int i = 0; i < rounds; i++) {
                worker.allReduce(values); // warms up
              }
              long start = System.nanoTime();
              for (int i = 0; i < rounds; i++) {
                worker.allReduce(values);
              }
              double each = (System.nanoTime() - start) * 1e-9 / rounds;
              worker.barrier();
              worker.close();
              return each;
            });
    return times.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
