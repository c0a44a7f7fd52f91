package io.github.trimaran.examples.serve;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.examples.training.Onlooker;
import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.train.Listener;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.Map;

/**
 * The page beside a training that a command runs: its view <em>Training</em> shows that one.
 *
 * <pre>{@code
 * try (TrainingPage page = TrainingPage.open(settings)) {
 *   training.watchedBy(page).run(name, data, experiment);
 *   page.end(metrics);
 * }
 * }</pre>
 */
public final class TrainingPage implements Onlooker, AutoCloseable {

  private final Backend<?> backend;
  private final Serving serving;
  private Job job;

  private TrainingPage(Backend<?> backend, Serving serving) {
    this.backend = backend;
    this.serving = serving;
  }

  /** Serves where the settings say; where that port is taken, on any that is free. */
  public static TrainingPage open(ServeSettings settings) throws IOException {
    // Digits are read by a backend of its own, on one thread, for the training needs the others.
    Backend<?> backend = Backends.get("cpu", BackendOptions.defaults().withThreads(1));
    try {
      return new TrainingPage(backend, Serving.start(settings, SavedModel.embedded(), backend));
    } catch (BindException e) {
      return new TrainingPage(
          backend, Serving.start(settings.port(0), SavedModel.embedded(), backend));
    }
  }

  /** Where the training is to be seen. */
  public URI uri() {
    return serving.uri().resolve("#training");
  }

  @Override
  public Listener of(Subject subject) {
    Job started = serving.jobs().accompany(Trainings.KIND);
    job = started;
    return new TrainingWatch(started, subject);
  }

  /** The training is over, and this is what came of it. */
  public void end(Map<String, Object> metrics) {
    serving.jobs().end(job, metrics);
    job = null;
  }

  @Override
  public void close() {
    if (job != null) {
      end(Map.of());
    }
    serving.close();
    backend.close();
  }
}
