package io.github.trimaran.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.DataSource;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.examples.report.Judgements.Judged;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.Scoring;
import io.github.trimaran.train.metrics.Metric;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a network makes of images one by one, by hand values. */
class CalibrationTest {

  @TempDir Path folder;

  private static Judged judged(int index, int label, int predicted, double probability) {
    return new Judged(index, label, predicted, probability);
  }

  /**
   * Three answers of 0.95, 0.9 and 1 with two right, and two of 0.55 and 0.57 with one right: (|2 -
   * 2.85| + |1 - 1.12|) / 5.
   */
  @Test
  void theErrorIsTheMeanDistanceOfWhatItSaysFromWhatIsSo() {
    Calibration calibration =
        Calibration.of(
            List.of(
                judged(0, 1, 1, 0.95),
                judged(1, 1, 1, 0.9),
                judged(2, 1, 0, 1),
                judged(3, 0, 0, 0.55),
                judged(4, 0, 1, 0.57)));
    assertThat(calibration.error()).isCloseTo((0.85 + 0.12) / 5, within(1e-12));
    assertThat(calibration.bins()).hasSize(2);
    Calibration.Bin sure = calibration.bins().get(1);
    assertThat(sure.count()).isEqualTo(3);
    assertThat(sure.confidence()).isCloseTo(0.95, within(1e-12));
    assertThat(sure.accuracy()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(Calibration.of(List.of()).error()).isNaN();
  }

  /** Scores whose softmax is known: (ln 3, 0) are 3/4 and 1/4. */
  @Test
  void keepsTheProbabilityOfEachAnswer() {
    Judgements judgements = new Judgements();
    Metric.Accumulator accumulator = judgements.start();
    try (Backend<?> backend = Backends.get("cpu")) {
      float three = (float) Math.log(3);
      float[] scores = {three, 0, 0, three, three, three};
      Tensor outputs = Tensor.of(backend, HostArray.of(scores, Shape.of(3, 2)));
      accumulator.add(outputs, Tensor.of(backend, HostArray.of(new long[] {0, 0, 1}, Shape.of(3))));
      accumulator.add(outputs, Tensor.of(backend, HostArray.of(new long[] {1, 1, 1}, Shape.of(3))));
    }
    assertThat(judgements.all()).hasSize(6);
    assertThat(judgements.all().get(4).probability()).isCloseTo(0.75, within(1e-6));
    assertThat(judgements.mistakes()).extracting(Judged::index).containsExactly(1, 3, 2, 5);
    // Of equal scores the first class is the answer.
    assertThat(judgements.all().get(2).predicted()).isZero();
    // Four answers of 3/4 with two right, two of 1/2 with none right.
    assertThat(accumulator.value()).isCloseTo((1 + 1) / 6.0, within(1e-6));
  }

  /** Two images of 1 x 2 pixels, whose pixels are the scores; the mistake comes first. */
  @Test
  void theSheetHoldsTheImages() throws Exception {
    Dataset images =
        Dataset.ofFloats(
            DataSource.embedded("bars"),
            List.of("left", "right"),
            Shape.of(1, 1, 2),
            new float[] {200, 0, 0, 100},
            new int[] {0, 0});
    TestedImages tested;
    try (Backend<?> backend = Backends.get("cpu");
        Layer network = new Flatten()) {
      network.init(backend, DType.FLOAT32, Rng.seeded(1));
      tested = TestedImages.measured(network, images, Batches.inOrder(images, 2), Scoring.PLAIN);
    }
    Map<String, Object> metrics = tested.metrics(folder, "examples.png");
    assertThat(tested.found().accuracy()).isEqualTo(0.5);
    BufferedImage sheet = ImageIO.read(folder.resolve("examples.png").toFile());
    assertThat(sheet.getWidth()).isEqualTo(40);
    assertThat(sheet.getHeight()).isEqualTo(1);
    int[] pixels = sheet.getRaster().getSamples(0, 0, 4, 1, 0, (int[]) null);
    assertThat(pixels).containsExactly(0, 100, 200, 0);
    assertThat(metrics.get("examples"))
        .hasToString("{sheet=examples.png, columns=20, rows=1, cells=[[0, 1, 1.0], [0, 0, 1.0]]}");
    assertThat((long[][]) metrics.get("confusion")).isDeepEqualTo(new long[][] {{1, 1}, {0, 0}});
    // Of the second class there is no image.
    assertThat((double[]) metrics.get("per_class_accuracy")).containsExactly(0.5, Double.NaN);
  }
}
