package io.github.trimaran.train;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows on standard error how training goes: a bar on a terminal, else a line every ten seconds,
 * and a line for each epoch. {@link Trainer} has one unless its builder is told {@link
 * Trainer.Builder#quiet}.
 *
 * <pre>
 * epoch 2 of 10  [=======>            ]  340 of 900  loss 0.2731  1832 samples/s  1:12 left
 * epoch 2 of 10: loss 0.2612, accuracy 0.9213, validation accuracy 0.9302, f1 0.9288, 1840 samples/s
 * </pre>
 *
 * <p>The system property {@code trimaran.progress=false} keeps all of them quiet, as for tests.
 */
final class ConsoleListener implements Listener {

  private static final String PROPERTY = "trimaran.progress";

  /** The launcher knows whether standard error is a terminal; the JVM guesses. */
  private static final String TERMINAL = "trimaran.terminal";

  private static final int WIDTH = 20;
  private static final double BAR_SECONDS = 0.2;
  private static final double LINE_SECONDS = 10;
  private static final int FIRST_JDK_WITH_IS_TERMINAL = 22;

  private final PrintStream out;
  private final boolean bar;
  private final LongSupplier nanos;
  private double shown;
  private int drawn;

  ConsoleListener(PrintStream out, boolean bar, LongSupplier nanos) {
    this.out = out;
    this.bar = bar;
    this.nanos = nanos;
  }

  /** What a trainer shows its progress with: nothing if the property says so. */
  static List<Listener> standard() {
    return Boolean.parseBoolean(System.getProperty(PROPERTY, "true"))
        ? List.of(new ConsoleListener(System.err, isTerminal(), System::nanoTime))
        : List.of();
  }

  // Null is asked for on older JDKs only, where it tells; newer ones are asked isTerminal().
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    String told = System.getProperty(TERMINAL);
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    Console console = System.console();
    if (console == null || Runtime.version().feature() < FIRST_JDK_WITH_IS_TERMINAL) {
      return console != null;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  @Override
  public void onStart(History history) {
    shown = seconds();
  }

  @Override
  public void onStep(StepRecord step) {
    if (seconds() - shown < (bar ? BAR_SECONDS : LINE_SECONDS)) {
      return;
    }
    shown = seconds();
    String text =
        String.format(
            Locale.ROOT,
            "epoch %d of %d  %s%d of %d  loss %.4f  %.0f samples/s  %s left",
            step.epoch(),
            step.epochs(),
            bar ? drawn(step) : "batch ",
            step.batch(),
            step.batches(),
            step.loss(),
            step.samplesPerSecond(),
            duration(step.secondsLeft()));
    if (bar) {
      redraw(text);
    } else {
      out.println(text);
    }
  }

  private static String drawn(StepRecord step) {
    int full = (int) ((long) WIDTH * step.batch() / step.batches());
    return "[" + "=".repeat(full) + " ".repeat(WIDTH - full) + "]  ";
  }

  /** Over what was there before, with blanks where that was longer. */
  private void redraw(String text) {
    out.print("\r" + text + " ".repeat(Math.max(0, drawn - text.length())));
    out.flush();
    drawn = text.length();
  }

  @Override
  public void onEpoch(EpochRecord epoch, History history) {
    StringBuilder line = new StringBuilder("epoch ").append(epoch.epoch());
    append(line, ": loss", epoch.loss());
    append(line, ", accuracy", epoch.accuracy());
    append(line, ", validation loss", epoch.validationLoss());
    append(line, ", validation accuracy", epoch.validationAccuracy());
    epoch.metrics().forEach((name, value) -> append(line, ", " + name, value));
    line.append(String.format(Locale.ROOT, ", %.0f samples/s", epoch.samplesPerSecond()));
    clear();
    out.println(line);
  }

  private static void append(StringBuilder line, String name, double value) {
    if (!Double.isNaN(value)) {
      line.append(name).append(String.format(Locale.ROOT, " %.4f", value));
    }
  }

  @Override
  public void onEnd(History history) {
    clear();
    out.flush();
  }

  private void clear() {
    if (drawn > 0) {
      redraw("");
      out.print("\r");
      drawn = 0;
    }
  }

  private double seconds() {
    return nanos.getAsLong() * 1e-9;
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
