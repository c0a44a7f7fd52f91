package io.github.trimaran.examples.serve;

import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.examples.web.HttpProblem;
import io.github.trimaran.io.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of the network that were trained on corrections, until they are kept or dropped. */
final class TunedNetworks {

  /** Where a kept network is written to. */
  static final String FILE = "digits.safetensors";

  private static final int MOST = 4;
  private static final int TRAINING_DIGITS = 2_000;
  private static final int TEST_DIGITS = 2_000;

  private final DigitReader reader;
  private final Corrections corrections;
  private final Jobs jobs;
  private final ServeSettings settings;
  private final Workshop workshop;
  private final SavedModel original;
  private final Map<String, SavedModel> undecided = new LinkedHashMap<>();
  private boolean tuned;

  TunedNetworks(
      DigitReader reader,
      Corrections corrections,
      Jobs jobs,
      Workshop workshop,
      ServeSettings settings) {
    this.reader = reader;
    this.corrections = corrections;
    this.jobs = jobs;
    this.workshop = workshop;
    this.settings = settings;
    original = reader.ask(DigitNetwork::saved);
  }

  /** Whether another network than the first answers. */
  synchronized boolean isTuned() {
    return tuned;
  }

  /** Queues a training on all corrections there are. */
  Job.Status start() throws HttpProblem {
    if (corrections.count() == 0) {
      throw new HttpProblem(
          HttpProblem.CONFLICT, "there are no corrections yet; tell what a digit is first");
    }
    return jobs.submit(
        "fine-tuning",
        job -> {
          job.progress(0, "reading the digits it knows");
          TrainTest digits =
              LocalImages.of(DataSets.MNIST, settings.data(), TRAINING_DIGITS, TEST_DIGITS);
          FineTuning training = new FineTuning(workshop.backend(), digits, settings.seed());
          FineTuning.Tuned found =
              training.run(reader.ask(DigitNetwork::saved), corrections.read(), job);
          offer(job.id(), found.model());
          return found.numbers();
        });
  }

  private synchronized void offer(String job, SavedModel model) {
    undecided.put(job, model);
    if (undecided.size() > MOST) {
      undecided.remove(undecided.keySet().iterator().next());
    }
  }

  private synchronized SavedModel take(String job) throws HttpProblem {
    SavedModel model = undecided.remove(job);
    if (model == null) {
      throw new HttpProblem(
          HttpProblem.NOT_FOUND, "there is no network of that job; it was kept or dropped");
    }
    return model;
  }

  /** Lets a copy answer from now on, and writes it to a file. */
  Path keep(String job) throws HttpProblem {
    SavedModel model = take(job);
    Path file = settings.folder().resolve(FILE);
    try {
      Safetensors.write(file, model.exported());
    } catch (IOException e) {
      offer(job, model);
      throw new HttpProblem(HttpProblem.FAILED, "cannot write " + file + ": " + e.getMessage());
    }
    reader.use(model);
    synchronized (this) {
      tuned = true;
    }
    return file;
  }

  /** Forgets a copy. */
  void drop(String job) throws HttpProblem {
    take(job);
  }

  /** Lets the network answer that the server was started with. */
  void restore() {
    reader.use(original);
    synchronized (this) {
      tuned = false;
    }
  }
}
