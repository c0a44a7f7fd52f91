package io.github.trimaran.examples.cli;

import io.github.trimaran.vision.image.PictureException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine;

/**
 * Pictures of a call that cannot be used. Each is told in one line, at its place among the answers,
 * once even if several backends look at it; the others are answered, and the exit code is that of
 * bad input.
 */
final class UnusablePictures {

  private final CommandLine command;
  private final Set<Path> told = new LinkedHashSet<>();

  UnusablePictures(CommandLine command) {
    this.command = command;
  }

  void tell(Path picture, PictureException reason) {
    if (told.add(picture)) {
      Errors.tell(reason, command);
    }
  }

  int exitCode() {
    return told.isEmpty() ? CommandLine.ExitCode.OK : Errors.BAD_INPUT;
  }
}
