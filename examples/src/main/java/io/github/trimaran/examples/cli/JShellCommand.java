package io.github.trimaran.examples.cli;

import io.github.trimaran.examples.run.InputException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Opens Java's own shell. It computes in a JVM of its own, so that Ctrl-C stops a training and not
 * the shell.
 */
@Command(
    name = "jshell",
    description = "Open a Java shell with everything imported and a backend in 'backend'.",
    mixinStandardHelpOptions = true)
final class JShellCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ShellBackend shell;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Files of Java to run first; - runs standard input and ends.")
  private List<String> files = List.of();

  @Override
  public Integer call() throws Exception {
    for (String file : files) {
      if (!file.equals("-") && !Files.isReadable(Path.of(file))) {
        throw new InputException("jshell: " + file + " cannot be read");
      }
    }
    if (files.isEmpty()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          "Everything of Trimaran is imported; 'backend' computes with " + shell.backend() + ".");
      out.flush();
    }
    return run(System.in, System.out, System.err, shell.backend(), files);
  }

  /** Runs the shell to its end and gives its exit code. */
  static int run(
      InputStream in, PrintStream out, PrintStream err, String backend, List<String> files)
      throws Exception {
    Path startup = Files.createTempFile("trimaran", ".jsh");
    try {
      Files.writeString(startup, JShellStartup.text(backend));
      List<String> arguments = new ArrayList<>();
      arguments.addAll(List.of("--class-path", System.getProperty("java.class.path")));
      arguments.addAll(List.of("--startup", startup.toString()));
      flags().forEach(flag -> arguments.add("-R" + flag));
      arguments.addAll(files);
      return JavaShellToolBuilder.builder()
          .in(in, null)
          .out(out)
          .err(err)
          .start(arguments.toArray(String[]::new));
    } finally {
      Files.deleteIfExists(startup);
    }
  }

  /** Those of this JVM that the other one should have too: its modules, memory and properties. */
  static Stream<String> flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            flag ->
                flag.startsWith("-X")
                    || flag.startsWith("--add-modules")
                    || flag.startsWith("--enable-native-access")
                    || flag.startsWith("--sun-misc-unsafe-memory-access")
                    || flag.startsWith("-Dtrimaran.terminal")
                    || flag.startsWith("-Dtrimaran.progress"));
  }
}
