package io.github.trimaran.examples.notebook;

import com.sun.jdi.VMDisconnectedException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** The Java of a notebook: what one cell declares is there in the next. */
final class Cells implements AutoCloseable {

  /**
   * What may stand at a place.
   *
   * @param words the choices
   * @param from where what they replace begins
   */
  record Completions(List<String> words, int from) {}

  /**
   * A stop that meets the one before it still at work may end the JVM of the cells, so that one
   * stop has this many nanoseconds to itself.
   */
  private static final long BETWEEN_STOPS = 500_000_000L;

  private static final String PATH = System.getProperty("java.class.path");

  private final JShell.Builder builder;
  private volatile JShell shell;
  private volatile JShell ended;
  private long stopped;

  /**
   * Opens a shell.
   *
   * @param out takes what cells print
   * @param err takes their errors
   * @param flags of the JVM that computes
   */
  Cells(PrintStream out, PrintStream err, List<String> flags) {
    builder =
        JShell.builder()
            .out(out)
            .err(err)
            .remoteVMOptions(flags.toArray(String[]::new))
            .compilerOptions("--class-path", PATH);
    shell = open();
    stopped = System.nanoTime() - BETWEEN_STOPS;
  }

  private JShell open() {
    JShell opened = builder.build();
    opened.onShutdown(closed -> ended = closed);
    opened.addToClasspath(PATH);
    return opened;
  }

  /**
   * Runs a cell.
   *
   * @return the value of the expression that the cell ends with, as text; null if it ends with
   *     anything else, or with a semicolon
   * @throws CellException with what was refused or thrown; or if the JVM that computes has ended,
   *     as by {@code System.exit}: then a new one waits for the next cell
   */
  String run(String cell) {
    try {
      String value = runStatements(cell);
      if (ended != shell) {
        return value;
      }
    } catch (CellException e) {
      if (ended != shell) {
        throw e;
      }
    } catch (IllegalStateException closed) {
      // The shell has noticed before it told.
    }
    shell = open();
    throw new CellException(
        "The JVM of the cells has ended, and all they declared is gone. A new one has begun.");
  }

  private String runStatements(String cell) {
    String value = null;
    String rest = cell;
    while (!rest.isBlank()) {
      CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      if (next.completeness() == Completeness.EMPTY) {
        break;
      }
      if (next.completeness() == Completeness.DEFINITELY_INCOMPLETE) {
        throw new CellException("not a whole statement: " + rest.strip());
      }
      // What the parser cannot make out is evaluated all the same, for the compiler's words on it.
      boolean understood = next.completeness() != Completeness.UNKNOWN;
      value = evaluate(understood ? next.source() : rest);
      rest = understood ? next.remaining() : "";
    }
    return value;
  }

  private String evaluate(String source) {
    String value = null;
    for (SnippetEvent event : shell.eval(source)) {
      requireDone(event);
      // What was declared earlier may come to mean something else, and is told of as well.
      if (event.causeSnippet() == null && isExpression(event.snippet())) {
        value = source.strip().endsWith(";") ? null : event.value();
      }
    }
    return value;
  }

  private static boolean isExpression(Snippet snippet) {
    return snippet instanceof ExpressionSnippet
        || snippet.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
  }

  private void requireDone(SnippetEvent event) {
    if (event.exception() instanceof EvalException failure) {
      String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
      throw new CellException(failure.getExceptionClassName() + message);
    }
    if (event.exception() != null) {
      throw new CellException(event.exception().getMessage());
    }
    Snippet snippet = event.snippet();
    if (event.status() == Snippet.Status.REJECTED) {
      String problems =
          shell
              .diagnostics(snippet)
              .map(problem -> problem.getMessage(Locale.ROOT))
              .collect(Collectors.joining("\n"));
      throw new CellException(snippet.source().strip() + "\n" + problems);
    }
    if (event.status() == Snippet.Status.RECOVERABLE_NOT_DEFINED
        || event.status() == Snippet.Status.RECOVERABLE_DEFINED) {
      String missing =
          snippet instanceof DeclarationSnippet declaration
              ? shell.unresolvedDependencies(declaration).collect(Collectors.joining(", "))
              : "";
      throw new CellException(snippet.source().strip() + "\nlacks " + missing);
    }
  }

  /** What is known of the thing at a place: its signature. */
  String documentation(String code, int cursor) {
    return shell.sourceCodeAnalysis().documentation(code, cursor, false).stream()
        .map(SourceCodeAnalysis.Documentation::signature)
        .collect(Collectors.joining("\n"));
  }

  /** How what is begun at a place may go on. */
  Completions completions(String code, int cursor) {
    int[] from = {cursor};
    List<String> words =
        shell.sourceCodeAnalysis().completionSuggestions(code, cursor, from).stream()
            .map(Suggestion::continuation)
            .distinct()
            .toList();
    return new Completions(words, from[0]);
  }

  /** Whether code is whole, or goes on. */
  Completeness completeness(String code) {
    return shell.sourceCodeAnalysis().analyzeCompletion(code).completeness();
  }

  /** Ends what runs now; what was declared stays. One that follows another at once is left out. */
  synchronized void stop() {
    long now = System.nanoTime();
    if (now - stopped < BETWEEN_STOPS) {
      return;
    }
    stopped = now;
    try {
      shell.stop();
    } catch (VMDisconnectedException gone) {
      // The JVM has ended meanwhile, and with it what was to be stopped: run says so.
    }
  }

  @Override
  public void close() {
    shell.close();
  }
}
