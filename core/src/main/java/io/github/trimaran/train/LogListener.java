package io.github.trimaran.train;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a line for each epoch, and one for every so many steps.
 *
 * <pre>{@code
 * Trainer trainer = Trainer.builder(model, adam).listener(new LogListener(100)).build();
 * }</pre>
 */
public final class LogListener implements Listener {

  private static final Logger LOG = LoggerFactory.getLogger(LogListener.class);

  private final int everySteps;

  /** Logs each epoch, and each {@code everySteps}-th step; 0 for epochs only. */
  public LogListener(int everySteps) {
    this.everySteps = everySteps;
  }

  @Override
  public void onStep(StepRecord step) {
    if (everySteps > 0 && step.step() % everySteps == 0) {
      LOG.info(
          "step {}/{}  loss {}  {} images/s  {} left",
          step.step(),
          step.steps(),
          number("%.4f", step.loss()),
          number("%.0f", step.samplesPerSecond()),
          duration(step.secondsLeft()));
    }
  }

  @Override
  public void onEpoch(EpochRecord epoch, History history) {
    StringBuilder line = new StringBuilder("epoch ").append(epoch.epoch());
    append(line, "loss", "%.4f", epoch.loss());
    append(line, "accuracy", "%.4f", epoch.accuracy());
    append(line, "validation loss", "%.4f", epoch.validationLoss());
    append(line, "validation accuracy", "%.4f", epoch.validationAccuracy());
    epoch.metrics().forEach((name, value) -> append(line, "validation " + name, "%.4f", value));
    append(line, "images/s", "%.0f", epoch.samplesPerSecond());
    LOG.info("{}  {}", line, duration(epoch.seconds()));
  }

  private static void append(StringBuilder line, String name, String format, double value) {
    if (!Double.isNaN(value)) {
      line.append("  ").append(name).append(' ').append(number(format, value));
    }
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
