package io.github.trimaran.examples.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a classifier got wrong: the confusion matrix, whose cells lead to pictures, the mistakes
 * that it was surest of, and whether it is right as often as it says.
 */
final class Mistakes {

  /** All sheets of examples in a page together. */
  private static final int MOST_BYTES = 800_000;

  private final EmbeddedPictures sheets;
  private int runs;

  /** For so many runs. */
  Mistakes(int count) {
    sheets = new EmbeddedPictures(MOST_BYTES, count);
  }

  /**
   * Adds what a run has of it.
   *
   * @param suffix of each heading, which tells runs apart
   * @param folder of the result
   */
  void add(Html html, String suffix, JsonNode metrics, Path folder) {
    runs++;
    if (Confusion.isIn(metrics)) {
      Optional<Examples> examples = Examples.of("cell" + runs, metrics, folder, sheets);
      examples.ifPresentOrElse(
          there -> html.open("div", "style", there.style()), () -> html.open("div"));
      html.element("h3", "Confusion matrix" + suffix).add(Confusion.draw(metrics, examples));
      examples.ifPresent(
          there ->
              html.add(there.cells())
                  .element("h3", "Most confident mistakes" + suffix)
                  .add(there.mistakes()));
      html.close();
    }
    if (Reliability.isIn(metrics)) {
      html.element("h3", "Calibration" + suffix).add(Reliability.draw(metrics.get("calibration")));
    }
  }
}
