package io.github.trimaran.examples.web;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts requests by route and status and their times, as Prometheus reads them (text format
 * 0.0.4). Routes, not paths, are counted: clients cannot make it grow.
 */
public final class Metrics {

  private static final double[] BOUNDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 5};

  private final long start = System.nanoTime();
  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final Map<String, Times> times = new ConcurrentSkipListMap<>();

  /** For a new server. */
  public Metrics() {}

  /** How long requests of one route took. */
  private static final class Times {
    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    private Times() {
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] = new LongAdder();
      }
    }

    private void add(long duration) {
      int bucket = 0;
      while (bucket < BOUNDS.length && duration > BOUNDS[bucket] * 1e9) {
        bucket++;
      }
      buckets[bucket].increment();
      nanos.add(duration);
    }
  }

  void count(String route, int status, long nanos) {
    requests
        .computeIfAbsent(
            "{route=\"" + route + "\",status=\"" + status + "\"}", key -> new LongAdder())
        .increment();
    times.computeIfAbsent(route, key -> new Times()).add(nanos);
  }

  /** Seconds since the start. */
  public double uptimeSeconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** All numbers. */
  public String text() {
    Runtime runtime = Runtime.getRuntime();
    StringBuilder text = new StringBuilder();
    line(text, "# TYPE trimaran_uptime_seconds gauge");
    line(text, String.format(Locale.ROOT, "trimaran_uptime_seconds %.1f", uptimeSeconds()));
    line(text, "# TYPE trimaran_heap_bytes gauge");
    line(text, "trimaran_heap_bytes " + (runtime.totalMemory() - runtime.freeMemory()));
    line(text, "# TYPE trimaran_requests_total counter");
    requests.forEach((labels, n) -> line(text, "trimaran_requests_total" + labels + " " + n));
    line(text, "# TYPE trimaran_request_seconds histogram");
    times.forEach((route, found) -> histogram(text, "route=\"" + route + "\"", found));
    return text.toString();
  }

  private static void histogram(StringBuilder text, String labels, Times times) {
    String name = "trimaran_request_seconds";
    long sum = 0;
    for (int i = 0; i < times.buckets.length; i++) {
      sum += times.buckets[i].sum();
      String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
      line(text, name + "_bucket{" + labels + ",le=\"" + bound + "\"} " + sum);
    }
    line(
        text,
        String.format(
            Locale.ROOT, "%s_sum{%s} %.6f", name, labels, (double) times.nanos.sum() / 1e9));
    line(text, name + "_count{" + labels + "} " + sum);
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }
}
