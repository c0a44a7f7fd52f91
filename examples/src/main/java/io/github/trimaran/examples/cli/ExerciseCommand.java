package io.github.trimaran.examples.cli;

import io.github.trimaran.examples.exercise.Exercise;
import io.github.trimaran.examples.exercise.ExerciseContext;
import io.github.trimaran.examples.exercise.Exercises;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.run.SearchOptions;
import io.github.trimaran.examples.run.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    if (search.cluster.master != null && !ids.equals(List.of("29c"))) {
      throw new InputException("--cluster: is for exercise 29c alone; leave it out");
    }
    List<Task> tasks = new ArrayList<>();
    for (Exercise exercise : Exercises.named(ids)) {
      Optional<String> leftOut = ids.contains("all") ? exercise.missing(options) : Optional.empty();
      tasks.add(
          new Task(
              exercise.id(),
              exercise.question(),
              exercise.theory(),
              leftOut,
              (backend, console, folder) ->
                  exercise.run(
                      backend, new ExerciseContext(options, training, search, console, folder))));
    }
    Task.runAll(
        "exercise", tasks, options, new Console(spec.commandLine().getOut(), options.quiet()));
    return 0;
  }
}
