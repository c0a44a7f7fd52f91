package io.github.trimaran.examples.run;

import java.util.Locale;

/** A line every few seconds, for logs and pipes. Short work prints nothing. */
final class LineProgress implements Progress {

  private static final double INTERVAL_SECONDS = 10;

  private final Console console;
  private final String task;
  private final long total;
  private final String unit;
  private final long start = System.nanoTime();
  private double next = INTERVAL_SECONDS;

  LineProgress(Console console, String task, long total, String unit) {
    this.console = console;
    this.task = task;
    this.total = total;
    this.unit = unit;
  }

  @Override
  public void advanceTo(long done, String note) {
    double seconds = (System.nanoTime() - start) * 1e-9;
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
            (total - done) * seconds / Math.max(done, 1),
            note.isEmpty() ? "" : ", " + note));
  }

  @Override
  public void close() {}
}
