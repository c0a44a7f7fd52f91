package io.github.trimaran.examples.run;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on standard error, with speed and time left. */
final class BarProgress implements Progress {

  private static final int MILLIS = 200;

  private final ProgressBar bar;

  BarProgress(String task, long from, long total, String unit) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setUnit(" " + unit, 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(MILLIS)
            .startsFrom(from, Duration.ZERO)
            .build();
  }

  @Override
  public void advanceTo(long done, String note) {
    bar.setExtraMessage(" " + note);
    bar.stepTo(done);
  }

  @Override
  public void close() {
    bar.close();
  }
}
