package io.github.trimaran.examples.cli;

import io.github.trimaran.examples.notebook.KernelSpec;
import io.github.trimaran.examples.notebook.NotebookKernel;
import io.github.trimaran.examples.run.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes Jupyter know Java with everything imported; Jupyter then starts it by itself. */
@Command(
    name = "jupyter",
    description = "Make Jupyter know a kernel 'Trimaran (Java)', with everything imported.",
    mixinStandardHelpOptions = true)
final class JupyterCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ShellBackend shell;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "Jupyter's folder of data (default: the user's own).")
  private Path folder;

  @Option(
      names = "--connection",
      paramLabel = "FILE",
      hidden = true,
      description = "Run cells for the Jupyter that wrote this file.")
  private Path connection;

  @Override
  public Integer call() throws IOException {
    if (connection != null) {
      if (!Files.isReadable(connection)) {
        throw new InputException("jupyter: " + connection + " cannot be read");
      }
      NotebookKernel.serve(
          connection, JShellStartup.text(shell.backend()), JShellCommand.flags().toList());
      return 0;
    }
    Path written = KernelSpec.write(folder == null ? KernelSpec.folder() : folder, program());
    PrintWriter out = spec.commandLine().getOut();
    out.println("Jupyter now has the kernel 'Trimaran (Java)': " + written);
    out.println("Try it:  jupyter notebook docs/guide/trimaran.ipynb");
    out.flush();
    return 0;
  }

  /** This program as it runs now, to be started by Jupyter. */
  private List<String> program() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    JShellCommand.flags().forEach(words::add);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    words.addAll(
        List.of("jupyter", "--backend", shell.backend(), "--connection", "{connection_file}"));
    return words;
  }
}
