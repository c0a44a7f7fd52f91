package io.github.trimaran.examples.serve;

import io.github.trimaran.array.DType;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.data.catalog.ImageSet;
import io.github.trimaran.examples.exercise.Exercises;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.training.Augmentations;
import io.github.trimaran.examples.training.Choice;
import io.github.trimaran.examples.training.Experiment;
import io.github.trimaran.examples.training.Networks;
import io.github.trimaran.examples.training.Optimizers;
import io.github.trimaran.examples.training.Rates;
import io.github.trimaran.examples.training.TrainedRun;
import io.github.trimaran.examples.training.Training;
import io.github.trimaran.examples.web.HttpProblem;
import io.github.trimaran.examples.web.JsonBody;
import io.github.trimaran.examples.web.Response;
import io.github.trimaran.examples.web.Routes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** What the view <em>Training</em> asks for: trainings with chosen settings, as jobs. */
final class Trainings {

  /** What a watched or started training is called among the jobs. */
  static final String KIND = "training";

  /** Those that take minutes, not hours, whatever is chosen. */
  private static final List<Networks> NETWORKS =
      List.of(Networks.BASIC, Networks.MLP, Networks.LINEAR, Networks.CONV);

  private static final int TRAINING_IMAGES = 5_000;
  private static final int MOST_IMAGES = 49_000;
  private static final int OTHER_IMAGES = 1_000;
  private static final int EPOCHS = 3;

  private final ServeSettings settings;
  private final Workshop workshop;
  private final Jobs jobs;

  Trainings(ServeSettings settings, Workshop workshop, Jobs jobs) {
    this.settings = settings;
    this.workshop = workshop;
    this.jobs = jobs;
  }

  void addTo(Routes routes) {
    routes
        .get("/api/v1/trainings", request -> Response.json(choices()))
        .post("/api/v1/trainings", request -> Response.accepted(start(request.json())));
  }

  private Map<String, Object> choices() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("networks", labels(NETWORKS));
    json.put("optimizers", labels(List.of(Optimizers.values())));
    json.put("schedules", labels(List.of(Rates.values())));
    json.put("augmentations", labels(List.of(Augmentations.values())));
    Map<String, Object> data = new LinkedHashMap<>();
    for (ImageSet set : DataSets.all()) {
      Map<String, Object> usual = new LinkedHashMap<>(usual(set.key()).settings());
      usual.keySet().retainAll(FIELDS);
      usual.put("source", set.isIn(settings.data().root()) ? "real" : "embedded");
      data.put(set.key(), usual);
    }
    json.put("data", data);
    return json;
  }

  private static final List<String> FIELDS =
      List.of(
          "num_training",
          "epochs",
          "batch_size",
          "optimizer",
          "learning_rate",
          "schedule",
          "network",
          "filters",
          "augment");

  private static List<String> labels(List<? extends Choice> all) {
    return all.stream().map(Choice::label).toList();
  }

  /** Small enough that something is to be seen within a minute. */
  private static Experiment usual(String data) {
    return Exercises.trainings()
        .get(data)
        .training(TRAINING_IMAGES)
        .validation(OTHER_IMAGES)
        .test(OTHER_IMAGES)
        .epochs(EPOCHS);
  }

  private Job.Status start(JsonBody body) throws HttpProblem {
    List<String> known = DataSets.all().stream().map(ImageSet::key).toList();
    ImageSet set = DataSets.named(body.choice("data", known, known.get(0)));
    Experiment experiment = experiment(body, usual(set.key()));
    return jobs.submit(KIND, job -> train(set, experiment, job));
  }

  private static Experiment experiment(JsonBody body, Experiment usual) throws HttpProblem {
    Networks network = chosen(body, "network", NETWORKS, usual.network().network());
    return usual
        .training(body.integer("num_training", 100, MOST_IMAGES, usual.training()))
        .epochs(body.integer("epochs", 1, 100, usual.epochs()))
        .batchSize(body.integer("batch_size", 1, 1_000, usual.batchSize()))
        .network(
            usual
                .network()
                .network(network)
                .filters(body.integer("filters", 1, 128, usual.network().filters())))
        .optimizer(
            chosen(body, "optimizer", List.of(Optimizers.values()), usual.optimizer().optimizer()),
            body.number("learning_rate", 1e-7, 100, usual.optimizer().rate()),
            chosen(body, "schedule", List.of(Rates.values()), usual.optimizer().course()))
        .augmented(chosen(body, "augment", List.of(Augmentations.values()), usual.augmentation()));
  }

  private static <T extends Choice> T chosen(JsonBody body, String name, List<T> all, T usual)
      throws HttpProblem {
    List<String> labels = labels(all);
    return all.get(labels.indexOf(body.choice(name, labels, usual.label())));
  }

  private Map<String, Object> train(ImageSet set, Experiment experiment, Job job)
      throws IOException {
    job.progress(0, "reading the images");
    TrainTest images =
        LocalImages.of(
            set,
            settings.data(),
            experiment.training() + experiment.validation(),
            experiment.test());
    job.show("data", images.source().name());
    Path file = settings.folder().resolve("trained-" + set.key() + ".safetensors");
    Console nobody = new Console(new PrintWriter(Writer.nullWriter()), true);
    TrainedRun run =
        new Training(
                workshop.backend(),
                DType.FLOAT32,
                settings.seed(),
                new Training.Files(file, null, null),
                nobody)
            .watchedBy(subject -> new TrainingWatch(job, subject))
            .inBackground()
            .run(experiment.title("images"), images, experiment);
    if (job.isCancelled()) {
      throw new CancellationException("cancelled");
    }
    Map<String, Object> result = new LinkedHashMap<>(run.toRun().metrics());
    result.put("saved", file.toString());
    return result;
  }
}
