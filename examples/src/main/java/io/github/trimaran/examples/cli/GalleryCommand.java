package io.github.trimaran.examples.cli;

import io.github.trimaran.examples.gallery.GalleryProgram;
import io.github.trimaran.examples.gallery.GalleryPrograms;
import io.github.trimaran.examples.gallery.GalleryRun;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs programs of the gallery: a whole piece of work each, from data to answer. */
@Command(
    name = "gallery",
    description = "Run programs beyond the course: a whole piece of work each, in one file.",
    mixinStandardHelpOptions = true)
final class GalleryCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "${COMPLETION-CANDIDATES}.")
  private List<String> names;

  @Mixin private CommonOptions options;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Times through the training data (default: the program's own choice).")
  private Integer epochs;

  /** For completion and help. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Names() {
      GalleryPrograms.all().forEach(program -> add(program.name()));
      add("all");
    }
  }

  @Override
  public Integer call() throws IOException {
    List<Task> tasks =
        GalleryPrograms.named(names).stream()
            .map(
                program ->
                    new Task(
                        program.name(),
                        program.question(),
                        program.theory(),
                        Optional.empty(),
                        (backend, console, folder) ->
                            run(
                                program,
                                new GalleryRun(backend, options, epochs, console, folder))))
            .toList();
    Task.runAll(
        "gallery", tasks, options, new Console(spec.commandLine().getOut(), options.quiet()));
    return 0;
  }

  private static Outcome run(GalleryProgram program, GalleryRun gallery) throws IOException {
    program.run(gallery);
    return gallery.outcome(program.name());
  }
}
