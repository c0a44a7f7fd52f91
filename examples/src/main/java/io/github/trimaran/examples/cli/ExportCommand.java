package io.github.trimaran.examples.cli;

import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.io.weights.StateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a trained network compactly. */
@Command(
    name = "export",
    description =
        "Write a saved model compactly: in half precision, without the state of its training, batch normalisations"
            + " made part of their convolutions.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "What 'train --save FILE' wrote.")
  private Path model;

  @Parameters(paramLabel = "TO", description = "The file to write: safetensors.")
  private Path to;

  @Override
  public Integer call() throws IOException {
    StateDict exported = SavedModel.read(model).exported();
    Safetensors.writeHalf(to, exported);
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%d parameters in %s, %d kB%n",
            exported.elements(),
            to,
            Files.size(to) / 1000);
    return 0;
  }
}
