package io.github.trimaran.examples.exercise;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.examples.datasets.Datasets;
import io.github.trimaran.examples.datasets.RemoteImages;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.report.TestedImages;
import io.github.trimaran.examples.run.Cluster;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.training.ConvNetTraining;
import io.github.trimaran.examples.training.ConvNetTraining.Job;
import io.github.trimaran.examples.training.ShowProgress;
import io.github.trimaran.io.files.AtomicFiles;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.search.Halving;
import io.github.trimaran.search.Objective;
import io.github.trimaran.search.Search;
import io.github.trimaran.search.Space;
import io.github.trimaran.search.Trial;
import io.github.trimaran.search.TrialLog;
import io.github.trimaran.search.Values;
import io.github.trimaran.train.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One search and its files in the output folder: what was interrupted goes on from them. Nothing of
 * them is left in the end but the best network.
 */
final class SearchRun {

  private static final String LOG = "search.json";
  private static final String UNFINISHED = "best.unfinished.safetensors";
  private static final String BEST = "best.safetensors";

  private final SearchPlan plan;
  private final TrainTest images;
  private final Backend<?> backend;
  private final ExerciseContext context;
  private final Map<String, Object> settings;
  private final TrialLog log;
  private final Path unfinished;
  private final long start = System.nanoTime();

  /** A new search, or the one that was interrupted in the folder; tells what will be tried. */
  SearchRun(
      SearchPlan plan, Space space, TrainTest images, Backend<?> backend, ExerciseContext context)
      throws IOException {
    this.plan = plan;
    this.images = images;
    this.backend = backend;
    this.context = context;
    this.settings = new LinkedHashMap<>(plan.settings());
    settings.put("space", space.description());
    this.log = TrialLog.open(context.folder().resolve(LOG), identity());
    this.unfinished = context.folder().resolve(UNFINISHED);
    announce(space);
  }

  /** All that the trials' scores depend on: a log of anything else must not be gone on with. */
  private Map<String, Object> identity() {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("data", images.source().name());
    identity.put("backend", backend.info().name());
    identity.put("dtype", context.options().dtype().label());
    identity.put("seed", context.options().seed());
    settings.forEach(
        (name, value) -> identity.put(name, value instanceof Map ? value.toString() : value));
    return identity;
  }

  private void announce(Space space) throws IOException {
    Console console = context.console();
    if (log.trials().isEmpty()) {
      Files.deleteIfExists(unfinished);
    } else {
      console.say(
          "Going on with the search in "
              + log.file()
              + ": "
              + log.trials().size()
              + " trials are done. Delete that file to start afresh.");
    }
    console.say("Space:");
    space.dimensions().forEach((name, values) -> console.say("  " + name + ": " + values));
    for (Halving.Rung rung : plan.halving().schedule()) {
      console.say(
          "Rung "
              + (rung.number() + 1)
              + ": "
              + rung.candidates()
              + " settings, "
              + SearchReport.epochs(rung.budget())
              + " each");
    }
    console.say("Then the best, " + SearchReport.epochs(plan.winner().epochs()));
  }

  /** Tries the candidates by successive halving, several at once where that is possible. */
  List<Trial> run(List<Values> candidates, ConvNetTraining training) throws IOException {
    if (context.search().cluster.master != null) {
      return runOnCluster(candidates, training);
    }
    int jobs = SearchTrials.jobs(candidates, training, context);
    try (SearchTrials trials = new SearchTrials(training, jobs, backend, context, plan, log)) {
      return search(candidates, training, trials).run(jobs);
    }
  }

  /** The same by other computers; the log stays here. */
  private List<Trial> runOnCluster(List<Values> candidates, ConvNetTraining training)
      throws IOException {
    CommonOptions options = context.options();
    ClusterTrial trial =
        new ClusterTrial(
            RemoteImages.of(DataSets.CIFAR10, images, options.dataDirectory()),
            plan.winner(),
            options.dtype(),
            options.seed(),
            backend.info().name(),
            options.device());
    try (Cluster cluster = Cluster.connect(context.search().cluster.master, context.console())) {
      context.console().say(cluster.slots() + " settings are tried at once");
      return search(candidates, training, cluster.objective(trial)).run(cluster.attempts());
    }
  }

  private Search search(List<Values> candidates, ConvNetTraining training, Objective objective) {
    return new Search(candidates, plan.halving(), objective, log)
        .cost(values -> (double) training.candidate(values).network().multiplyAdds())
        .listener(trial -> SearchTrials.tell(trial, context.console()));
  }

  /**
   * The winner, trained longer and tested: the one time that test images are looked at.
   *
   * @param history of its training
   * @param tested what it makes of the test images
   * @param weights it ended with
   */
  record Winner(History history, TestedImages tested, StateDict weights) {}

  /** Trains the winner, going on where that was interrupted, and tests it. */
  Winner trainLonger(Trial winner, ConvNetTraining training) throws IOException {
    Job job =
        new Job(
            training.candidate(winner.values()),
            plan.winner().epochs(),
            new ShowProgress(SearchReport.name(winner), context.console()),
            unfinished,
            () ->
                context
                    .console()
                    .result(
                        "Interrupted; saved in "
                            + unfinished
                            + ". The same command goes on from there"));
    try (ConvNetTraining.Trained trained = training.train(job, backend)) {
      return new Winner(trained.history(), trained.test(), trained.model().stateDict());
    }
  }

  /** Writes what was found and keeps the best network. */
  Outcome finish(SearchReport report, Winner best) throws IOException {
    List<String> pictures = report.write(context.folder(), best);
    Path given = context.given().save;
    Path saved = given == null ? context.folder().resolve(BEST) : given;
    AtomicFiles.write(saved, Files.readAllBytes(unfinished));
    Files.delete(unfinished);
    context.console().say("The best network is saved in " + saved);
    log.delete();
    settings.put("best", SearchReport.name(report.winner()));
    return new Outcome(
        Datasets.facts(images.source()),
        settings,
        report.runs(best, (System.nanoTime() - start) * 1e-9, context.folder()),
        pictures,
        report.answer(best, images.source().name()));
  }
}
