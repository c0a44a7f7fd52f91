package io.github.trimaran.examples.cli;

import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.io.files.Printable;
import io.github.trimaran.onnx.OnnxContents;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what an ONNX file holds. */
@Command(
    name = "onnx",
    description = "Say what an ONNX file holds, and whether each of its operators is known.",
    mixinStandardHelpOptions = true)
final class OnnxCommand implements Callable<Integer> {

  private static final int LONGEST_NOTE = 60;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "The file.")
  private Path model;

  @Option(names = "--parameters", description = "List each initialiser with its shape.")
  private boolean parameters;

  @Option(names = "--verbose", description = "Stack traces of errors.")
  @SuppressWarnings("unused") // Errors asks picocli whether it was given.
  private boolean verbose;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(model)) {
      throw new InputException(
          Files.isDirectory(model) ? model + " is a folder; name a file" : "no file " + model);
    }
    OnnxContents contents = OnnxContents.read(model);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s: opset %d%n", model, contents.graph().opset());
    for (Map.Entry<String, String> note : contents.graph().metadata().entrySet()) {
      out.println("  " + Printable.of(note.getKey() + ": " + shortened(note.getValue())));
    }
    out.println("Inputs");
    contents.inputs().forEach(port -> out.println("  " + Printable.of(port.toString())));
    out.println("Outputs");
    contents.outputs().forEach(port -> out.println("  " + Printable.of(port.toString())));
    out.println("Operators");
    contents
        .operators()
        .forEach(
            (operator, count) ->
                out.printf(
                    Locale.ROOT,
                    "  %-24s %5d  %s%n",
                    Printable.of(operator),
                    count,
                    contents.isKnown(operator) ? "known" : "not known"));
    out.printf(
        Locale.ROOT,
        "Parameters%n  %d numbers in %d initialisers%n",
        contents.numParameters(),
        contents.graph().initialisers().size());
    if (parameters) {
      contents
          .graph()
          .initialisers()
          .forEach(
              (name, values) ->
                  out.println(
                      "  "
                          + Printable.of(name)
                          + " "
                          + (values == null
                              ? "of a type that is not read"
                              : values.dtype() + " " + values.shape())));
    }
    contents.unknown().forEach(reason -> out.println("Not known: " + Printable.of(reason)));
    out.println(
        contents.unknown().isEmpty()
            ? "All is known: Onnx.read takes it."
            : "Onnx.read refuses it.");
    return contents.unknown().isEmpty() ? 0 : Errors.BAD_INPUT;
  }

  private static String shortened(String text) {
    String line = text.replace('\n', ' ');
    return line.length() <= LONGEST_NOTE ? line : line.substring(0, LONGEST_NOTE) + "...";
  }
}
