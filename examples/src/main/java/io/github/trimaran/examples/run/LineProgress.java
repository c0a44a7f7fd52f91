package io.github.trimaran.examples.run;

import java.util.Locale;
import java.util.function.LongSupplier;

/** A line every few seconds, for logs and pipes. Short work prints nothing. */
final class LineProgress implements Progress {

  private static final double INTERVAL_SECONDS = 10;

  private final Console console;
  private final String task;
  private final long from;
  private final long total;
  private final String unit;
  private final LongSupplier nanos;
  private final long start;
  private double next = INTERVAL_SECONDS;

  LineProgress(Console console, String task, long from, long total, String unit) {
    this(console, task, from, total, unit, System::nanoTime);
  }

  /** With another clock, for tests. */
  LineProgress(
      Console console, String task, long from, long total, String unit, LongSupplier nanos) {
    this.console = console;
    this.task = task;
    this.from = from;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
    this.total = total;
    this.unit = unit;
  }

  @Override
  public void advanceTo(long done, String note) {
    double seconds = (nanos.getAsLong() - start) * 1e-9;
    if (seconds < next || done >= total) {
      return;
    }
    next = seconds + INTERVAL_SECONDS;
    console.say(
        String.format(
            Locale.ROOT,
            "  %s: %d of %d %s, %.0f s left%s",
            task,
            done,
            total,
            unit,
            (total - done) * seconds / Math.max(done - from, 1),
            note.isEmpty() ? "" : ", " + note));
  }

  @Override
  public void close() {}
}
