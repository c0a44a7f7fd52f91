package io.github.trimaran.examples.tensorboard;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.examples.report.FilterPicture;
import io.github.trimaran.examples.training.Onlooker;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.train.EpochRecord;
import io.github.trimaran.train.History;
import io.github.trimaran.train.Listener;
import io.github.trimaran.train.StepRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes how a training goes to event files: loss, learning rate and speed by step; accuracies,
 * parameters as histograms and the filters as a picture by epoch; the settings as a text.
 *
 * <pre>{@code
 * training.watchedBy(EventWatch.in(Path.of("logs"), settings)).run(name, data, experiment);
 * }</pre>
 */
public final class EventWatch implements Listener {

  private static final long BETWEEN_FLUSHES_NANOS = 2_000_000_000;

  private final EventFile events;
  private final Onlooker.Subject subject;
  private long flushed = System.nanoTime();

  private EventWatch(EventFile events, Onlooker.Subject subject) {
    this.events = events;
    this.subject = subject;
  }

  /** What makes an event file in that folder for each training. */
  public static Onlooker in(Path folder, Map<String, Object> settings) {
    return subject -> {
      try {
        EventFile events = EventFile.create(folder);
        events.text("settings", 0, table(subject.name(), settings));
        return new EventWatch(events, subject);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** As Markdown. */
  private static String table(String name, Map<String, Object> settings) {
    StringBuilder table = new StringBuilder(name).append("\n\n| setting | value |\n|---|---|\n");
    settings.forEach(
        (setting, value) ->
            table.append("| ").append(setting).append(" | ").append(value).append(" |\n"));
    return table.toString();
  }

  @FunctionalInterface
  private interface Writing {
    void write() throws IOException;
  }

  /** The trainer passes the cause on. */
  private static void attempt(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void onStart(History history) {
    attempt(() -> weights(history.losses().size()));
  }

  @Override
  public void onStep(StepRecord step) {
    attempt(
        () -> {
          events.scalar("loss/step", step.step(), step.loss());
          events.scalar("learning_rate", step.step(), step.learningRate());
          events.scalar("images_per_second", step.step(), step.samplesPerSecond());
          if (System.nanoTime() - flushed > BETWEEN_FLUSHES_NANOS) {
            events.flush();
            flushed = System.nanoTime();
          }
        });
  }

  @Override
  public void onEpoch(EpochRecord epoch, History history) {
    attempt(
        () -> {
          scalar("loss/training", epoch, epoch.loss());
          scalar("accuracy/training", epoch, epoch.accuracy());
          scalar("loss/validation", epoch, epoch.validationLoss());
          scalar("accuracy/validation", epoch, epoch.validationAccuracy());
          weights(epoch.steps());
          events.flush();
        });
  }

  private void scalar(String tag, EpochRecord epoch, double value) throws IOException {
    if (!Double.isNaN(value)) {
      events.scalar(tag, epoch.steps(), value);
    }
  }

  private void weights(long step) throws IOException {
    boolean drawn = false;
    for (Parameter parameter : subject.model().parameters()) {
      HostArray values = parameter.tensor().toHost();
      events.histogram("parameters/" + parameter.name(), step, values.toDoubles());
      if (!drawn && values.shape().rank() == 4) {
        events.picture("filters", step, FilterPicture.draw(parameter.name(), values));
        drawn = true;
      }
    }
  }

  @Override
  public void onEnd(History history) {
    attempt(events::close);
  }
}
