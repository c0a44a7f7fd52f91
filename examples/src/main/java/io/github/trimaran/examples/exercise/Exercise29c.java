package io.github.trimaran.examples.exercise;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.Split;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.examples.datasets.Datasets;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.training.ConvNetSpace;
import io.github.trimaran.examples.training.ConvNetTraining;
import io.github.trimaran.io.files.AtomicFiles;
import io.github.trimaran.random.Rng;
import io.github.trimaran.search.Halving;
import io.github.trimaran.search.Search;
import io.github.trimaran.search.Space;
import io.github.trimaran.search.Trial;
import io.github.trimaran.search.TrialLog;
import io.github.trimaran.search.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A search for the best network on CIFAR-10: candidates from a declared space are tried on
 * validation images, the best is trained longer, and only it meets the test images.
 */
public final class Exercise29c implements Exercise {

  private static final String LOG = "search.json";
  private static final String UNFINISHED = "best.unfinished.safetensors";
  private static final String BEST = "best.safetensors";

  @Override
  public String id() {
    return "29c";
  }

  @Override
  public String question() {
    return "What is the highest accuracy on CIFAR-10 that you can reach with other architectures"
        + " and hyperparameters, chosen without looking at the test images?";
  }

  @Override
  public Outcome run(Backend<?> backend, ExerciseContext context) throws IOException {
    SearchPlan plan = SearchPlan.of(context);
    TrainTest images = Datasets.load(DataSets.CIFAR10, context.options(), context.console());
    Split split = images.split(plan.numTraining(), plan.numValidation(), plan.numTest());
    Space space =
        plan.restrict(
            ConvNetSpace.space(split.train().imageShape(), split.train().classes()), context);
    Map<String, Object> settings = settings(plan, space);
    TrialLog log =
        TrialLog.open(context.folder().resolve(LOG), identity(settings, images, backend, context));
    List<Values> candidates =
        space.sample(plan.halving().candidates(), Rng.seeded(context.options().seed()));
    ConvNetTraining training =
        new ConvNetTraining(
            split, context.options().dtype(), plan.batchSize(), context.options().seed());
    announce(plan, space, log, context);
    long start = System.nanoTime();
    SearchReport report =
        new SearchReport(search(candidates, plan, log, training, backend, context), space);
    context.console().say(report.table());
    Path unfinished = context.folder().resolve(UNFINISHED);
    FinalTraining best =
        FinalTraining.run(report.winner(), plan.epochs(), unfinished, training, backend, context);
    report.write(context.folder(), best.history());
    keep(unfinished, context);
    log.delete();
    settings.put("best", SearchReport.name(report.winner()));
    return new Outcome(
        Datasets.facts(images.source()),
        settings,
        report.runs(best, (System.nanoTime() - start) * 1e-9),
        List.of(SearchReport.SCATTER, SearchReport.CURVE),
        answer(report, best, images));
  }

  private static void keep(Path unfinished, ExerciseContext context) throws IOException {
    Path given = context.training().save;
    Path saved = given == null ? context.folder().resolve(BEST) : given;
    AtomicFiles.write(saved, Files.readAllBytes(unfinished));
    Files.delete(unfinished);
    context.console().say("The best network is saved in " + saved);
  }

  private static String answer(SearchReport report, FinalTraining best, TrainTest images) {
    return String.format(
        Locale.ROOT,
        "the best is %s, %s: test accuracy %.1f %% on %d images of %s after %s (validation %.1f"
            + " %%); the test images were used for it alone",
        SearchReport.name(report.winner()),
        report.winner().values(),
        100 * best.test().accuracy(),
        best.test().samples(),
        images.source().name(),
        SearchReport.epochs(best.history().last().epoch()),
        100 * best.history().last().validationAccuracy());
  }

  private static Map<String, Object> settings(SearchPlan plan, Space space) {
    Map<String, Object> settings = new LinkedHashMap<>(plan.settings());
    settings.put("space", space.description());
    return settings;
  }

  /** All that the trials' scores depend on: a log of anything else must not be gone on with. */
  private static Map<String, Object> identity(
      Map<String, Object> settings, TrainTest images, Backend<?> backend, ExerciseContext context) {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("data", images.source().name());
    identity.put("backend", backend.info().name());
    identity.put("dtype", context.options().dtype().label());
    identity.put("seed", context.options().seed());
    settings.forEach(
        (name, value) -> identity.put(name, value instanceof Map ? value.toString() : value));
    return identity;
  }

  private static void announce(SearchPlan plan, Space space, TrialLog log, ExerciseContext context)
      throws IOException {
    Console console = context.console();
    if (log.trials().isEmpty()) {
      Files.deleteIfExists(context.folder().resolve(UNFINISHED));
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
    console.say("Then the best, " + SearchReport.epochs(plan.epochs()));
  }

  private static List<Trial> search(
      List<Values> candidates,
      SearchPlan plan,
      TrialLog log,
      ConvNetTraining training,
      Backend<?> backend,
      ExerciseContext context)
      throws IOException {
    int jobs = SearchTrials.jobs(candidates, training, context);
    try (SearchTrials trials = new SearchTrials(training, jobs, backend, context, plan, log)) {
      return new Search(candidates, plan.halving(), trials, log)
          .cost(values -> (double) training.candidate(values).network().multiplyAdds())
          .listener(trials::ended)
          .run(jobs);
    }
  }
}
