package io.github.trimaran.examples.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** The shell that {@code ./trimaran jshell} opens, in this JVM: code is pasted line by line. */
public final class Shell implements AutoCloseable {

  /**
   * The "local" execution of the JDK, but for its threads: that one runs each piece of code in a
   * new group of threads and, now and then, waits for all of them, those of a backend included.
   */
  private static final class InThisThread implements ExecutionControlProvider {

    @Override
    public String name() {
      return "in this thread";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return new DirectExecutionControl();
    }
  }

  private final JShell shell;

  public Shell(String backend) {
    shell =
        JShell.builder()
            .executionEngine(new InThisThread(), Map.of())
            .compilerOptions("--class-path", System.getProperty("java.class.path"))
            .build();
    run(JShellStartup.text(backend));
  }

  /**
   * Runs what somebody pastes.
   *
   * @return what it printed
   * @throws AssertionError with the line that was refused or failed
   */
  public String run(String code) {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      String pending = "";
      for (String line : code.lines().toList()) {
        pending += line + "\n";
        CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(pending);
        while (info.completeness().isComplete()) {
          evaluate(info.source());
          pending = info.remaining();
          info = shell.sourceCodeAnalysis().analyzeCompletion(pending);
        }
      }
      if (!pending.isBlank() && !pending.lines().allMatch(line -> line.strip().startsWith("//"))) {
        throw new AssertionError("not a whole statement: " + pending);
      }
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** The value of an expression as text. */
  public String value(String expression) {
    return shell.eval(expression).get(0).value();
  }

  private void evaluate(String source) {
    for (SnippetEvent event : shell.eval(source)) {
      if (event.exception() instanceof EvalException failure) {
        String what = failure.getExceptionClassName() + ": " + failure.getMessage();
        throw new AssertionError(source + "threw " + what, failure);
      }
      // What is used before it is declared is only a hope.
      if (event.status() != Snippet.Status.VALID && event.status() != Snippet.Status.OVERWRITTEN) {
        List<String> problems =
            shell
                .diagnostics(event.snippet())
                .map(problem -> problem.getMessage(Locale.ROOT))
                .collect(Collectors.toList());
        if (event.snippet() instanceof DeclarationSnippet declaration) {
          problems.addAll(shell.unresolvedDependencies(declaration).toList());
        }
        throw new AssertionError(source + "was refused: " + problems);
      }
    }
  }

  @Override
  public void close() {
    shell.close();
  }
}
