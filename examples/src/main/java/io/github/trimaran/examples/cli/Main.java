package io.github.trimaran.examples.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * The program {@code trimaran}: a deep-learning course on the JVM, on a backend of one's choice.
 */
@Command(
    name = "trimaran",
    description =
        "Deep learning on the JVM: the exercises of a course, on the backend of your choice.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ExerciseCommand.class,
      GalleryCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      FiltersCommand.class,
      ExportCommand.class,
      OnnxCommand.class,
      DataCommand.class,
      StyleTransferCommand.class,
      ClassVisualizationCommand.class,
      SaliencyCommand.class,
      ServeCommand.class,
      BackendsCommand.class,
      CompareCommand.class,
      ReportCommand.class,
      AblateCommand.class,
      BenchmarkCommand.class,
      JShellCommand.class,
      JupyterCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Start with:  trimaran exercise 30a",
      "Exit codes:  0 done, 1 the run failed, 2 bad usage or input, 130 ended by Ctrl-C"
    })
public final class Main {

  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    StandardError.adopt();
    System.setProperty("java.awt.headless", "true");
    if (List.of(arguments).contains("--verbose")) {
      logDetails();
    }
    System.exit(run(writer(System.out), writer(System.err), arguments));
  }

  /** Raises the levels of simplelogger.properties, before the first logger reads them. */
  private static void logDetails() {
    for (String logger :
        List.of("defaultLogLevel", "log.ai.djl", "log.org.nd4j", "log.org.apache")) {
      System.setProperty("org.slf4j.simpleLogger." + logger, "info");
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }

  /** All commands. */
  static CommandLine commandLine() {
    CommandLine program = new CommandLine(new Main());
    // A word that begins with @ is what it is: no file's content is taken for options.
    program.setExpandAtFiles(false);
    if (!BenchmarkCommand.isAvailable()) {
      program.getSubcommands().get("benchmark").getCommandSpec().usageMessage().hidden(true);
    }
    Unused.leaveOut(program);
    return program;
  }

  /** Runs one command and returns its exit code: 0 done, 1 the run failed, 2 bad usage or input. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    try {
      return commandLine()
          .setOut(out)
          .setErr(err)
          .setParameterExceptionHandler(Errors::usage)
          .setExecutionExceptionHandler(Errors::execution)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .execute(arguments);
    } catch (OutOfMemoryError e) {
      err.println(
          "trimaran: out of memory ("
              + e.getMessage()
              + "); choose a smaller network or batch, or a larger heap:"
              + " TRIMARAN_JAVA_OPTS=-Xmx8g");
      return CommandLine.ExitCode.SOFTWARE;
    }
  }
}
