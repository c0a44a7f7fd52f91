package io.github.trimaran.examples.cli;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.examples.report.FilterPicture;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.run.OutputFolder;
import io.github.trimaran.io.files.Printable;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.io.weights.WeightFiles;
import io.github.trimaran.vision.image.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws the filters of a saved model's convolution. */
@Command(
    name = "filters",
    description = "Draw the convolution filters w[f, c, i, j] of a saved model as one picture.",
    mixinStandardHelpOptions = true)
final class FiltersCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "The saved model: safetensors, .pth, .npz or another format of weights.")
  private Path model;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "The convolution's name: conv1 (default: the first there is).")
  private String layer;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where filters.png goes (default: ${DEFAULT-VALUE}).",
      defaultValue = "out/filters")
  private Path out;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(model)) {
      throw new InputException("no file " + model + "; name a saved model with --model");
    }
    StateDict weights = WeightFiles.read(model);
    String name = convolution(weights);
    try (OutputFolder folder = OutputFolder.open(out)) {
      Path file = folder.path().resolve("filters.png");
      Pictures.writePng(file, FilterPicture.draw(name, weights.get(name)));
      spec.commandLine()
          .getOut()
          .println(Printable.of(name) + " " + weights.get(name).shape() + " in " + file);
    }
    return 0;
  }

  private String convolution(StateDict weights) {
    List<String> convolutions =
        weights.arrays().entrySet().stream()
            .filter(entry -> isConvolution(entry.getValue()))
            .map(java.util.Map.Entry::getKey)
            .toList();
    String wanted = layer == null ? null : layer.endsWith(".weight") ? layer : layer + ".weight";
    if (convolutions.isEmpty()) {
      throw new InputException(model + " holds no convolution");
    }
    if (wanted == null) {
      return convolutions.get(0);
    }
    if (!convolutions.contains(wanted)) {
      throw new InputException(
          "no convolution '"
              + layer
              + "' in "
              + model
              + "; there are "
              + String.join(", ", convolutions));
    }
    return wanted;
  }

  private static boolean isConvolution(HostArray array) {
    return array.shape().rank() == 4 && array.dtype().isFloating() && !array.shape().isEmpty();
  }
}
