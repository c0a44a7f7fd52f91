package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the results and reports of all that classifies have in common. */
final class Classification {

  private Classification() {}

  /**
   * Requires that the first run's matrix counts that many samples, of them the right ones on its
   * diagonal; that the bins of the calibration do too; and that the report shows both.
   */
  static void require(Path folder, int samples) throws IOException {
    JsonNode metrics =
        new ObjectMapper().readTree(folder.resolve("result.json").toFile()).at("/runs/0/metrics");
    JsonNode confusion = metrics.get("confusion");
    int all = 0;
    int right = 0;
    for (int i = 0; i < confusion.size(); i++) {
      right += confusion.at("/" + i + "/" + i).intValue();
      for (JsonNode count : confusion.get(i)) {
        all += count.intValue();
      }
    }
    assertThat(all).isEqualTo(samples);
    assertThat((double) right / all)
        .isCloseTo(metrics.get("test_accuracy").doubleValue(), within(1e-3));
    int inBins = 0;
    for (JsonNode count : metrics.at("/calibration/count")) {
      inBins += count.intValue();
    }
    assertThat(inBins).isEqualTo(samples);
    assertThat(folder.resolve("report.html"))
        .content()
        .contains("Confusion matrix", "Calibration", "<h2>Theory</h2>");
  }

  /** The same of images: cells of the matrix lead to pictures, and the filters are shown. */
  static void requireOfImages(Path folder, int samples) throws IOException {
    require(folder, samples);
    String report = Files.readString(folder.resolve("report.html"));
    assertThat(report)
        .contains("href=\"#cell1-", "Most confident mistakes")
        .containsPattern("alt=\"filters[^\"]*\\.png\"");
    assertThat(Files.size(folder.resolve("report.html"))).isLessThan(2_000_000);
  }
}
