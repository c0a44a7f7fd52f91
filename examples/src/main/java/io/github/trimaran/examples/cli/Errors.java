package io.github.trimaran.examples.cli;

import io.github.trimaran.backend.BackendUnavailableException;
import io.github.trimaran.data.DataException;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.io.weights.WeightFormatException;
import io.github.trimaran.onnx.OnnxException;
import io.github.trimaran.vision.image.PictureException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line and an exit code. */
final class Errors {

  private static final int FAILED = CommandLine.ExitCode.SOFTWARE;

  /** The exit code of bad usage and bad input. */
  static final int BAD_INPUT = CommandLine.ExitCode.USAGE;

  private Errors() {}

  static int usage(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    String wayOut = suggestion(error);
    if (wayOut.isEmpty()) {
      wayOut = "see " + command.getCommandSpec().qualifiedName() + " --help";
    }
    String line = "trimaran: " + complaint(error) + "; " + wayOut;
    command.getErr().println(command.getColorScheme().errorText(line));
    return BAD_INPUT;
  }

  /** Picocli's words, but for a word where a command should be. */
  private static String complaint(ParameterException error) {
    if (error instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && !error.getCommandLine().getSubcommands().isEmpty()) {
      return "there is no command '" + unmatched.getUnmatched().get(0) + "'";
    }
    return oneLine(error);
  }

  private static String suggestion(ParameterException error) {
    List<String> similar =
        error instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return similar.isEmpty() ? "" : "did you mean " + String.join(" or ", similar) + "?";
  }

  static int execution(Exception error, CommandLine command, ParseResult parsed) {
    tell(error, command);
    ParseResult innermost = parsed;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    if (innermost.hasMatchedOption("--verbose")) {
      error.printStackTrace(command.getErr());
    }
    return isInput(error) ? BAD_INPUT : FAILED;
  }

  /** In one line. */
  static void tell(Exception error, CommandLine command) {
    command.getErr().println(command.getColorScheme().errorText("trimaran: " + oneLine(error)));
  }

  private static boolean isInput(Exception error) {
    return error instanceof InputException
        || error instanceof BackendUnavailableException
        || error instanceof WeightFormatException
        || error instanceof DataException
        || error instanceof PictureException
        || error instanceof OnnxException
        || error instanceof IllegalArgumentException;
  }

  private static String oneLine(Exception error) {
    String message = error.getMessage() == null ? error.toString() : error.getMessage();
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
