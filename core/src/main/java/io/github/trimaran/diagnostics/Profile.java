package io.github.trimaran.diagnostics;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Time and memory by operation and layer; may be counted from several threads.
 *
 * <pre>{@code
 * Profile profile = new Profile();
 * model.init(ProfilingBackend.wrap(backend, profile), DType.FLOAT32, Rng.seeded(29));
 * ...
 * System.out.println(profile.table());
 * }</pre>
 */
public final class Profile {

  /**
   * One line of the table.
   *
   * @param operation the backend's method
   * @param layer where in the model, see {@link io.github.trimaran.tensor.LayerPath}; empty outside
   *     one
   * @param calls how often
   * @param nanos for how long in all
   * @param bytes of the values that all its calls made; not all of them are there at one time
   */
  public record Entry(String operation, String layer, long calls, long nanos, long bytes) {}

  private record Key(String operation, String layer) {}

  private record Count(LongAdder calls, LongAdder nanos, LongAdder bytes) {}

  private final Map<Key, Count> counts = new ConcurrentHashMap<>();

  void count(String operation, String layer, long nanos, long bytes) {
    Count count =
        counts.computeIfAbsent(
            new Key(operation, layer),
            key -> new Count(new LongAdder(), new LongAdder(), new LongAdder()));
    count.calls().increment();
    count.nanos().add(nanos);
    count.bytes().add(bytes);
  }

  /** What was counted, the longest first. */
  public List<Entry> entries() {
    return counts.entrySet().stream()
        .map(
            e ->
                new Entry(
                    e.getKey().operation(),
                    e.getKey().layer(),
                    e.getValue().calls().sum(),
                    e.getValue().nanos().sum(),
                    e.getValue().bytes().sum()))
        .sorted(Comparator.comparingLong(Entry::nanos).reversed())
        .toList();
  }

  /** The time of all operations, in nanoseconds. */
  public long totalNanos() {
    return entries().stream().mapToLong(Entry::nanos).sum();
  }

  /** The table for people: share, time, calls, time a call, megabytes made, operation, layer. */
  public String table() {
    double total = Math.max(1, totalNanos());
    StringBuilder table =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%7s %10s %8s %10s %9s  %-22s %s%n",
                "share",
                "ms",
                "calls",
                "us/call",
                "MB",
                "operation",
                "layer"));
    for (Entry entry : entries()) {
      table.append(
          String.format(
              Locale.ROOT,
              "%6.1f%% %10.1f %8d %10.1f %9.2f  %-22s %s%n",
              100 * entry.nanos() / total,
              entry.nanos() / 1e6,
              entry.calls(),
              entry.nanos() / 1e3 / entry.calls(),
              entry.bytes() / 1e6,
              entry.operation(),
              entry.layer().isEmpty() ? "-" : entry.layer()));
    }
    return table.toString();
  }
}
