package io.github.trimaran.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleListenerTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final History history = new History();
  private double seconds;

  private ConsoleListener listener(boolean bar) {
    ConsoleListener listener = new ConsoleListener(out, bar, () -> Math.round(seconds * 1e9));
    listener.onStart(history);
    return listener;
  }

  private static StepRecord step(int batch) {
    return new StepRecord(
        100 + batch, 200, 2, 2, batch, 100, 0.27314, 0.1, 1831.6, 4000 - 40.0 * batch);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void linesComeWhenTenSecondsArePast() {
    ConsoleListener listener = listener(false);
    seconds = 9;
    listener.onStep(step(1));
    assertThat(printed()).isEmpty();
    seconds = 10;
    listener.onStep(step(2));
    seconds = 19;
    listener.onStep(step(3));
    seconds = 20;
    listener.onStep(step(50));
    assertThat(printed().lines())
        .containsExactly(
            "epoch 2 of 2  batch 2 of 100  loss 0.2731  1832 samples/s  1:05:20 left",
            "epoch 2 of 2  batch 50 of 100  loss 0.2731  1832 samples/s  33:20 left");
  }

  @Test
  void aBarIsDrawnOverTheOneBefore() {
    ConsoleListener listener = listener(true);
    seconds = 0.3;
    listener.onStep(step(10));
    seconds = 0.4;
    listener.onStep(step(11));
    seconds = 0.6;
    listener.onStep(step(50));
    listener.onEnd(history);
    String first =
        "epoch 2 of 2  [==                  ]  10 of 100  loss 0.2731  1832 samples/s  1:00:00 left";
    String second =
        "epoch 2 of 2  [==========          ]  50 of 100  loss 0.2731  1832 samples/s  33:20 left";
    assertThat(printed())
        .isEqualTo("\r" + first + "\r" + second + "  " + "\r" + " ".repeat(second.length()) + "\r");
  }

  @Test
  void anEpochIsALineWithWhatWasMeasured() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("f1", 0.92881);
    ConsoleListener listener = listener(false);
    listener.onEpoch(
        new EpochRecord(2, 20, 0.5, Double.NaN, 0.25, 0.875, metrics, 0.1, 3, 99.6), history);
    listener.onEpoch(
        new EpochRecord(
            3, 30, 0.5, 0.75, Double.NaN, Double.NaN, Map.of("f1", Double.NaN), 0.1, 3, 99.6),
        history);
    assertThat(printed().lines())
        .containsExactly(
            "epoch 2: loss 0.5000, validation loss 0.2500, validation accuracy 0.8750, f1 0.9288,"
                + " 100 samples/s",
            "epoch 3: loss 0.5000, accuracy 0.7500, 100 samples/s");
  }

  @Test
  void thePropertyKeepsTrainersQuiet() {
    assertThat(System.getProperty("trimaran.progress")).isEqualTo("false");
    assertThat(ConsoleListener.standard()).isEmpty();
  }
}
