package io.github.trimaran.examples.cli;

import io.github.trimaran.examples.datasets.Pretrained;
import io.github.trimaran.examples.datasets.PretrainedFiles;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.io.weights.Pth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which network the commands that look at pictures through one take. */
final class WeightsOptions {

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "SqueezeNet weights of any format, or an ONNX file of any network that tells classes of colour"
              + " pictures (default: those that --data finds).")
  private Path file;

  @Option(
      names = "--weights-entry",
      paramLabel = "NAME",
      description = "Which dictionary of weights in a checkpoint that holds several.")
  private String entry;

  /** The file's, else what {@code --data} finds. */
  Pretrained pretrained(CommonOptions options, Console console) throws IOException {
    if (file == null && entry != null) {
      throw new InputException("--weights-entry needs --weights, the file it is in");
    }
    if (file == null) {
      return PretrainedFiles.find(options, console);
    }
    Pretrained read = PretrainedFiles.read(file, entry);
    Map<String, String> notes = read.notes();
    if (notes.containsKey(Pth.ENTRY)) {
      console.say("Weights: the entry '" + notes.get(Pth.ENTRY) + "' of " + file);
    }
    if (notes.containsKey(Pth.PREFIX)) {
      console.say(
          "Weights: the names in " + file + " begin with " + notes.get(Pth.PREFIX) + ", left out");
    }
    return read;
  }
}
