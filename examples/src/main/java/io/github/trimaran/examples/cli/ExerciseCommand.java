package io.github.trimaran.examples.cli;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.exercise.Exercise;
import io.github.trimaran.examples.exercise.ExerciseContext;
import io.github.trimaran.examples.exercise.Exercises;
import io.github.trimaran.examples.exercise.Outcome;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Engine;
import io.github.trimaran.examples.run.OutputFolder;
import io.github.trimaran.examples.run.SearchOptions;
import io.github.trimaran.examples.run.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs exercises: question, work, result, answer. */
@Command(
    name = "exercise",
    description = "Run exercises of the course: prints question, result and answer.",
    mixinStandardHelpOptions = true)
final class ExerciseCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "ID",
      completionCandidates = Ids.class,
      description = "${COMPLETION-CANDIDATES}.")
  private List<String> ids;

  @Mixin private CommonOptions options;

  @Mixin private TrainingOptions training;

  @Mixin private SearchOptions search;

  /** For completion and help. */
  static final class Ids extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Ids() {
      Exercises.all().forEach(exercise -> add(exercise.id()));
      add("all");
    }
  }

  @Override
  public Integer call() throws IOException {
    List<Exercise> exercises = Exercises.named(ids);
    Console console = new Console(spec.commandLine().getOut(), options.quiet());
    for (String name : options.backends()) {
      runOn(name, exercises, console);
    }
    for (Exercise exercise : exercises) {
      if (!leftOut(exercise)) {
        Results.compare(
            options.backends(), name -> folder(exercise, exercises.size(), name), console);
      }
    }
    return 0;
  }

  private void runOn(String name, List<Exercise> exercises, Console console) throws IOException {
    Engine engine = Engine.start(name, options);
    Backend<?> backend = engine.backend();
    for (Exercise exercise : exercises) {
      if (leftOut(exercise)) {
        console.result(
            "Left out: exercise " + exercise.id() + ", " + exercise.missing(options).get());
        continue;
      }
      try (OutputFolder folder = OutputFolder.open(folder(exercise, exercises.size(), name))) {
        console.say("Exercise " + exercise.id() + " on " + name + ": " + exercise.question());
        Outcome outcome =
            exercise.run(
                backend, new ExerciseContext(options, training, search, console, folder.path()));
        Results.write("exercise " + exercise.id(), backend, options, outcome, folder.path());
        console.result("Answer " + exercise.id() + ": " + outcome.answer());
        console.say("Results in " + folder.path());
      }
    }
    engine.report(console);
  }

  private boolean leftOut(Exercise exercise) throws IOException {
    return ids.contains("all") && exercise.missing(options).isPresent();
  }

  /** {@code --out} itself for one exercise on one backend, a folder in it for each of several. */
  private Path folder(Exercise exercise, int exercises, String backend) {
    if (options.out() == null) {
      return Path.of("out", "exercise-" + exercise.id() + "-" + backend);
    }
    Path folder = options.out();
    if (options.backends().size() > 1) {
      folder = folder.resolve(backend);
    }
    return exercises > 1 ? folder.resolve(exercise.id()) : folder;
  }
}
