package io.github.trimaran.examples.cli;

import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.onnx.OnnxExport;
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

/** Writes a trained network compactly, or for other programs. */
@Command(
    name = "export",
    description =
        "Write a saved model without the state of its training, batch normalisations made part of their convolutions:"
            + " compactly, in half precision, or as ONNX for other programs.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

  /** What can be written. */
  enum Format {
    /** Half precision. */
    SAFETENSORS,
    /** A graph with its weights in float32. */
    ONNX
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "What 'train --save FILE' wrote.")
  private Path model;

  @Option(
      names = "--format",
      paramLabel = "safetensors|onnx",
      description = "What to write (default: onnx for a name that ends so, else safetensors).")
  private Format format;

  @Option(
      names = "--opset",
      paramLabel = "N",
      description = "Which version of ONNX's operators, 13 to 23 (default: the newest).")
  private Integer opset;

  @Parameters(paramLabel = "TO", description = "The file to write.")
  private Path to;

  @Override
  public Integer call() throws IOException {
    boolean onnx = format == null ? to.toString().endsWith(".onnx") : format == Format.ONNX;
    if (opset != null && !onnx) {
      throw new InputException("--opset is of ONNX files; give --format onnx too");
    }
    int version = opset == null ? OnnxExport.NEWEST_OPSET : opset;
    if (version < OnnxExport.OLDEST_OPSET || version > OnnxExport.NEWEST_OPSET) {
      throw new InputException(
          "--opset: must be "
              + OnnxExport.OLDEST_OPSET
              + " to "
              + OnnxExport.NEWEST_OPSET
              + ", is "
              + version);
    }
    if (model.toString().endsWith(".onnx")) {
      throw new InputException(model + ": is ONNX already; export takes what 'train --save' wrote");
    }
    SavedModel saved = SavedModel.read(model);
    requireAnotherFile();
    StateDict exported = saved.exported();
    if (onnx) {
      saved.writeOnnx(to, version);
    } else {
      Safetensors.writeHalf(to, exported);
    }
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

  /** A checkpoint holds more than what is written: it must not be lost by a slip. */
  private void requireAnotherFile() throws IOException {
    if (Files.isDirectory(to)) {
      throw new InputException(to + " is a folder; name a file in it");
    }
    if (Files.exists(to) && Files.isSameFile(model, to)) {
      throw new InputException(to + " is the file of --model; choose another name");
    }
  }
}
