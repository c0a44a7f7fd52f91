package io.github.trimaran.examples.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineProgressTest {

  private final StringWriter out = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();

  private LineProgress progress(long from) {
    Console console = new Console(new PrintWriter(out, true), false);
    return new LineProgress(console, "work", from, 400, "steps", nanos::get);
  }

  @Test
  void tellsTheTimeLeftByTheSpeedSoFar() {
    LineProgress progress = progress(0);
    nanos.set(5_000_000_000L);
    progress.advanceTo(50, "");
    assertThat(out.toString()).isEmpty();
    nanos.set(20_000_000_000L);
    progress.advanceTo(100, "loss 0.5");
    // 5 steps a second, 300 to go.
    assertThat(out.toString().strip()).isEqualTo("work: 100 of 400 steps, 60 s left, loss 0.5");
  }

  @Test
  void whatWasDoneBeforeDoesNotCountAsSpeed() {
    LineProgress progress = progress(300);
    nanos.set(20_000_000_000L);
    progress.advanceTo(320, "");
    // 1 step a second, 80 to go.
    assertThat(out.toString().strip()).isEqualTo("work: 320 of 400 steps, 80 s left");
  }
}
