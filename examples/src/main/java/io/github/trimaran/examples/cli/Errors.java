package io.github.trimaran.examples.cli;

import io.github.trimaran.backend.BackendUnavailableException;
import io.github.trimaran.data.DataException;
import io.github.trimaran.examples.image.PictureException;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.io.WeightFormatException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line and an exit code. */
final class Errors {

  private static final int FAILED = CommandLine.ExitCode.SOFTWARE;
  private static final int BAD_INPUT = CommandLine.ExitCode.USAGE;

  private Errors() {}

  static int usage(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getColorScheme().errorText("trimaran: " + oneLine(error)));
    if (!UnmatchedArgumentException.printSuggestions(error, err)) {
      err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    return BAD_INPUT;
  }

  static int execution(Exception error, CommandLine command, ParseResult parsed) {
    command.getErr().println(command.getColorScheme().errorText("trimaran: " + oneLine(error)));
    if (parsed.hasMatchedOption("--verbose")) {
      error.printStackTrace(command.getErr());
    }
    return isInput(error) ? BAD_INPUT : FAILED;
  }

  private static boolean isInput(Exception error) {
    return error instanceof InputException
        || error instanceof BackendUnavailableException
        || error instanceof WeightFormatException
        || error instanceof DataException
        || error instanceof PictureException
        || error instanceof IllegalArgumentException;
  }

  private static String oneLine(Exception error) {
    String message = error.getMessage() == null ? error.toString() : error.getMessage();
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
