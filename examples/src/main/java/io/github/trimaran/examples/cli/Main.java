package io.github.trimaran.examples.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      FiltersCommand.class,
      DataCommand.class,
      StyleTransferCommand.class,
      ClassVisualizationCommand.class,
      SaliencyCommand.class,
      BackendsCommand.class,
      CompareCommand.class,
      GenerateCompletion.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Start with:  trimaran exercise 30a",
      "Exit codes:  0 done, 1 the run failed, 2 bad usage or input"
    })
public final class Main {

  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    StandardError.adopt();
    System.setProperty("java.awt.headless", "true");
    System.exit(run(writer(System.out), writer(System.err), arguments));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }

  /** Runs one command and returns its exit code: 0 done, 1 the run failed, 2 bad usage or input. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Errors::usage)
        .setExecutionExceptionHandler(Errors::execution)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments);
  }
}
