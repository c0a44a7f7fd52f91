package io.github.trimaran.examples.exercise;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Engine;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.run.Progress;
import io.github.trimaran.examples.training.ConvNetTraining;
import io.github.trimaran.examples.training.ConvNetTraining.Job;
import io.github.trimaran.nn.models.ConvNet;
import io.github.trimaran.search.Objective;
import io.github.trimaran.search.Trial;
import io.github.trimaran.search.TrialLog;
import io.github.trimaran.search.Values;
import io.github.trimaran.train.DivergedException;
import io.github.trimaran.train.EpochRecord;
import io.github.trimaran.train.Listener;
import io.github.trimaran.train.StepRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tries candidates: trains each on a worker's own backend and measures it by validation. */
final class SearchTrials implements Objective, AutoCloseable {

  /** Arrays as large as a convolution's outputs that a step keeps at once, gradients included. */
  private static final int ARRAYS_A_STEP = 8;

  private final ConvNetTraining training;
  private final SearchPlan plan;
  private final Console console;
  private final List<Engine> engines = new ArrayList<>();
  private final List<Backend<?>> workers;
  private final Progress progress;
  private final long start = System.nanoTime();
  private final Thread hook;
  private final long before;
  private long images;

  /** Workers that share the threads asked for. */
  SearchTrials(
      ConvNetTraining training,
      int jobs,
      Backend<?> backend,
      ExerciseContext context,
      SearchPlan plan,
      TrialLog log) {
    this.training = training;
    this.plan = plan;
    this.console = context.console();
    CommonOptions options = context.options();
    int threads = Math.max(1, options.threads() / jobs);
    for (int worker = 0; jobs > 1 && worker < jobs; worker++) {
      engines.add(Engine.start(backend.info().name(), options, threads));
    }
    this.workers =
        jobs == 1 ? List.of(backend) : engines.stream().<Backend<?>>map(Engine::backend).toList();
    console.say(
        jobs == 1
            ? "One setting is tried at a time"
            : jobs + " settings are tried at once, on " + threads + " of the threads each");
    this.before = log.trials().stream().mapToLong(Trial::budget).sum() * plan.winner().training();
    this.progress = console.progress("search", before, total(), "images");
    this.hook =
        new Thread(
            () ->
                console.result(
                    "Interrupted; "
                        + log.trials().size()
                        + " trials are kept in "
                        + log.file()
                        + ". The same command goes on from there"),
            "tell how to go on");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * How many settings to try at once: as asked, else as many as there are threads and memory for.
   * Only the pure-Java backend has threads for each instance.
   */
  static int jobs(List<Values> candidates, ConvNetTraining training, ExerciseContext context) {
    CommonOptions options = context.options();
    Integer asked = context.search().jobs;
    boolean alone =
        !options.backends().equals(List.of("cpu"))
            || options.profile()
            || options.checkAgainst() != null;
    if (asked != null && (asked < 1 || (asked > 1 && alone))) {
      throw new InputException(
          "--jobs: must be 1, or more on the backend cpu without --profile and --check-against, is "
              + asked);
    }
    if (asked != null || alone) {
      return asked == null ? 1 : asked;
    }
    long largest =
        candidates.stream()
            .mapToLong(values -> bytes(training.candidate(values).network(), training))
            .max()
            .orElse(1);
    Runtime runtime = Runtime.getRuntime();
    long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    long most = Math.min(Math.min(options.threads(), candidates.size()), free / largest);
    return (int) Math.max(1, most);
  }

  /** About how much memory a training takes: what a step or an evaluation keeps at once. */
  private static long bytes(ConvNet.Settings network, ConvNetTraining training) {
    long step = (long) training.batchSize() * ARRAYS_A_STEP;
    long evaluation = ConvNetTraining.EVALUATION_BATCH * 2L;
    return Double.BYTES * network.convolutionOutputs() * Math.max(step, evaluation);
  }

  @Override
  public Score evaluate(Values values, int epochs, int worker) throws IOException {
    Listener count =
        new Listener() {
          @Override
          public void onStep(StepRecord step) {
            advance(plan.winner().batchSize());
          }
        };
    Job job = Job.unsaved(training.candidate(values), epochs, count);
    try (ConvNetTraining.Trained trained = training.train(job, workers.get(worker))) {
      return score(trained);
    } catch (DivergedException e) {
      console.say("  diverged: " + values + ": " + e.getMessage());
      return new Score(0, List.of());
    }
  }

  /** By the last validation. */
  static Score score(ConvNetTraining.Trained trained) {
    List<Double> accuracies =
        trained.history().epochs().stream().map(EpochRecord::validationAccuracy).toList();
    return new Score(accuracies.get(accuracies.size() - 1), accuracies);
  }

  private long total() {
    return plan.halving().total() * plan.winner().training();
  }

  private synchronized void advance(int more) {
    images += more;
    double seconds = (System.nanoTime() - start) * 1e-9;
    progress.advanceTo(
        Math.min(before + images, total()),
        String.format(Locale.ROOT, "%.0f images/s", images / seconds));
  }

  /** Tells of a trial. */
  static void tell(Trial trial, Console console) {
    console.say(
        String.format(
            Locale.ROOT,
            "  setting %d, %s: validation %.3f, %.0f s (%s)",
            trial.candidate(),
            SearchReport.epochs(trial.budget()),
            trial.score(),
            trial.seconds(),
            trial.values()));
  }

  @Override
  public void close() {
    progress.close();
    engines.forEach(Engine::close);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the JVM is shutting down, and the hook has its say
    }
  }
}
