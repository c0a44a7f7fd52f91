package io.github.trimaran.examples.cli;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.report.ResultFile;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Engine;
import io.github.trimaran.examples.run.OutputFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A piece of work of which a command does several: an exercise, a program of the gallery.
 *
 * @param id what it is called on the command line
 * @param question that it answers
 * @param theory behind it, as {@code result.json} has it
 * @param leftOut why it is not done; empty if it is
 * @param work to do
 */
record Task(String id, String question, String theory, Optional<String> leftOut, Work work) {

  /** What is done. */
  @FunctionalInterface
  interface Work {
    /** Does it on a backend; pictures go into the folder. */
    Outcome run(Backend<?> backend, Console console, Path folder) throws IOException;
  }

  /**
   * Does all on each backend, each in a folder of its own, and says how far backends differ.
   *
   * @param command that does them: {@code "exercise"}
   */
  static void runAll(String command, List<Task> tasks, CommonOptions options, Console console)
      throws IOException {
    for (String backend : options.backends()) {
      runOn(backend, command, tasks, options, console);
    }
    for (Task task : tasks) {
      if (task.leftOut().isEmpty()) {
        Results.compare(
            options.backends(), name -> task.folder(command, tasks.size(), name, options), console);
      }
    }
  }

  private static void runOn(
      String name, String command, List<Task> tasks, CommonOptions options, Console console)
      throws IOException {
    Engine engine = Engine.start(name, options);
    for (Task task : tasks) {
      String title = command + " " + task.id();
      if (task.leftOut().isPresent()) {
        console.result("Left out: " + title + ", " + task.leftOut().get());
        continue;
      }
      Path path = task.folder(command, tasks.size(), name, options);
      try (OutputFolder folder = OutputFolder.open(path)) {
        console.say(
            title.substring(0, 1).toUpperCase(Locale.ROOT)
                + title.substring(1)
                + " on "
                + name
                + ": "
                + task.question());
        Outcome outcome = task.work().run(engine.backend(), console, folder.path());
        ResultFile result = Results.result(title, engine, options, outcome);
        Results.write(
            result.answering(task.question(), outcome.answer(), task.theory()),
            engine.takeProfile(),
            folder.path());
        console.result("Answer " + task.id() + ": " + outcome.answer());
        console.say("Results in " + folder.path());
      }
    }
    engine.report(console);
  }

  /** {@code --out} itself for one task on one backend, a folder in it for each of several. */
  private Path folder(String command, int tasks, String backend, CommonOptions options) {
    Path folder = Results.folder(command + "-" + id, backend, options);
    return options.out() != null && tasks > 1 ? folder.resolve(id) : folder;
  }
}
