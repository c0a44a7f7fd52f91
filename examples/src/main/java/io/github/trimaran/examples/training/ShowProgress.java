package io.github.trimaran.examples.training;

import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Progress;
import io.github.trimaran.examples.run.Sparkline;
import io.github.trimaran.train.EpochRecord;
import io.github.trimaran.train.History;
import io.github.trimaran.train.Listener;
import io.github.trimaran.train.StepRecord;
import java.nio.charset.Charset;
import java.util.Locale;

/**
 * Shows how training goes: on a terminal a live line with the course of the loss, else a line now
 * and then.
 */
public final class ShowProgress implements Listener {

  /** A line of 80 columns has room for so many beside the bar. */
  private static final int CELLS = 12;

  private final String name;
  private final Console console;
  private final Sparkline losses = new Sparkline(CELLS);
  private final boolean drawn;
  private Progress progress;
  private String validation = "";

  /**
   * Shows a training on a console.
   *
   * @param name of the run
   */
  public ShowProgress(String name, Console console) {
    this.name = name;
    this.console = console;
    this.drawn = console.isTerminal() && Sparkline.isPossible(Charset.defaultCharset());
  }

  @Override
  public void onStep(StepRecord step) {
    if (progress == null) {
      progress = console.progress(name, step.step() - 1, step.steps(), "steps");
    }
    losses.add(step.loss());
    progress.advanceTo(step.step(), note(step));
  }

  /** What stands beside the bar, or in a line of its own. */
  String note(StepRecord step) {
    return String.format(
        Locale.ROOT,
        "%sepoch %d of %d, loss %.3f, %.0f samples/s%s",
        drawn ? losses + " " : "",
        step.epoch(),
        step.epochs(),
        step.loss(),
        step.samplesPerSecond(),
        validation);
  }

  @Override
  public void onEpoch(EpochRecord epoch, History history) {
    if (!Double.isNaN(epoch.validationAccuracy())) {
      validation =
          String.format(Locale.ROOT, ", validation %.1f %%", 100 * epoch.validationAccuracy());
    }
  }

  @Override
  public void onEnd(History history) {
    if (progress != null) {
      progress.close();
    }
  }
}
