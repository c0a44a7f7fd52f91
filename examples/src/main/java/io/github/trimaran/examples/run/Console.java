package io.github.trimaran.examples.run;

import java.io.PrintWriter;

/** What a command says: lines, the result, and progress that is a bar on a terminal only. */
public final class Console {

  /** Whether standard error is a terminal: the launcher knows, the JVM does not. */
  private static final String TERMINAL = "trimaran.terminal";

  private final PrintWriter out;
  private final boolean quiet;
  private final boolean terminal;

  /** A console that writes to {@code out}; only results if quiet. */
  public Console(PrintWriter out, boolean quiet) {
    this(out, quiet, false);
  }

  /** The same; with plain lines even on a terminal if plain. */
  public Console(PrintWriter out, boolean quiet, boolean plain) {
    this.out = out;
    this.quiet = quiet;
    this.terminal = Boolean.getBoolean(TERMINAL) && !plain;
  }

  /** A line that tells what is going on. */
  public void say(String line) {
    if (!quiet) {
      out.println(line);
      out.flush();
    }
  }

  /** A line of the result, printed even if quiet. */
  public void result(String line) {
    out.println(line);
    out.flush();
  }

  /** Whether a person watches a line that changes. */
  public boolean isTerminal() {
    return terminal && !quiet;
  }

  /**
   * Shows that work goes on: a bar on a terminal, else a line now and then.
   *
   * @param task what is being done
   * @param total how much there is to do
   * @param unit it is counted in, plural
   */
  public Progress progress(String task, long total, String unit) {
    return progress(task, 0, total, unit);
  }

  /**
   * The same for work of which a part was done before.
   *
   * @param from how much was done before
   */
  public Progress progress(String task, long from, long total, String unit) {
    if (quiet) {
      return Progress.NONE;
    }
    return terminal
        ? new BarProgress(task, from, total, unit)
        : new LineProgress(this, task, from, total, unit);
  }
}
