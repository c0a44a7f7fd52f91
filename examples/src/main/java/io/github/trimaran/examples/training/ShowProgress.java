package io.github.trimaran.examples.training;

import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Progress;
import io.github.trimaran.train.EpochRecord;
import io.github.trimaran.train.History;
import io.github.trimaran.train.Listener;
import io.github.trimaran.train.StepRecord;
import java.util.Locale;

/** Shows how training goes. */
public final class ShowProgress implements Listener {

  private final String name;
  private final Console console;
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
  }

  @Override
  public void onStep(StepRecord step) {
    if (progress == null) {
      progress = console.progress(name, step.step() - 1, step.steps(), "steps");
    }
    progress.advanceTo(
        step.step(),
        String.format(
            Locale.ROOT,
            "epoch %d of %d, loss %.3f, %.0f samples/s%s",
            step.epoch(),
            step.epochs(),
            step.loss(),
            step.samplesPerSecond(),
            validation));
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
