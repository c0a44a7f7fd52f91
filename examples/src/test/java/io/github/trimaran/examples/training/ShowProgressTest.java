package io.github.trimaran.examples.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.examples.run.Console;
import io.github.trimaran.train.StepRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The live line of a training, and the lines in its place. */
class ShowProgressTest {

  private static final String TERMINAL = "trimaran.terminal";

  /** What a training of three steps says last, and what it has printed in lines. */
  private static String last(boolean terminal, boolean plain) {
    System.setProperty(TERMINAL, Boolean.toString(terminal));
    try {
      StringWriter out = new StringWriter();
      ShowProgress progress =
          new ShowProgress("digits", new Console(new PrintWriter(out), false, plain));
      StepRecord step = null;
      for (int i = 1; i <= 3; i++) {
        step = new StepRecord(i, 3, 1, 1, i, 3, 4 - i, 0.1, 500, 3 - i);
        progress.onStep(step);
      }
      progress.onEnd(null);
      return progress.note(step) + out;
    } finally {
      System.clearProperty(TERMINAL);
    }
  }

  @Test
  void aTerminalShowsTheCourseOfTheLoss() {
    Assumptions.assumeTrue(
        Charset.defaultCharset().newEncoder().canEncode('█'), "no such characters here");
    assertThat(last(true, false)).isEqualTo("█▅▁ epoch 1 of 1, loss 1.000, 500 samples/s");
  }

  /** As ever; work of a moment prints no line. */
  @Test
  void pipesAndPlainDoNot() {
    assertThat(last(false, false)).isEqualTo("epoch 1 of 1, loss 1.000, 500 samples/s");
    assertThat(last(true, true)).isEqualTo("epoch 1 of 1, loss 1.000, 500 samples/s");
  }
}
