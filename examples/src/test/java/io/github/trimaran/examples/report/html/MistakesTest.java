package io.github.trimaran.examples.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.vision.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** The report's confusion matrix leads to pictures, and says what is known of the mistakes. */
class MistakesTest {

  private static final String EXAMPLES =
      "{\"sheet\": \"examples.png\", \"columns\": 2, \"rows\": 2,"
          + " \"cells\": [[0, 1, 0.97], [1, 0, 0.62], [1, 1, 0.4]]}";

  @TempDir Path folder;

  private SavedResult result(String examples, int side) throws IOException {
    Files.writeString(
        folder.resolve("result.json"),
        """
        {"command": "evaluate", "backend": {"name": "cpu"}, "runs": [{"name": "evaluation", "metrics":
          {"confusion": [[8, 2], [1, 9]], "classes": ["cat", "dog<b>"], "examples": %s,
           "calibration": {"error": 0.0123, "confidence": [0.55, 0.95], "accuracy": [0.5, 0.9],
                           "count": [4, 16]}}}]}
        """
            .formatted(examples));
    BufferedImage sheet = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < side * side; i++) {
      sheet.setRGB(i % side, i / side, random.nextInt());
    }
    Pictures.writePng(folder.resolve("examples.png"), sheet);
    return SavedResult.read(folder);
  }

  @Test
  void cellsLeadToTheirPictures() throws Exception {
    ParsedPage page = ParsedPage.of(ReportPage.of(List.of(result(EXAMPLES, 4))).html());
    assertThat(page.attributes("a", "href"))
        .containsExactly("#cell1-0-1", "#cell1-1-0", "#cell1-1-1");
    List<String> places =
        page.elements("div").stream()
            .filter(div -> div.getAttribute("class").equals("cell"))
            .map(div -> div.getAttribute("id") + ": " + div.getTextContent())
            .toList();
    assertThat(places)
        .containsExactly(
            "cell1-0-1: cat taken for dog<b>, the surest first97.0 %",
            "cell1-1-0: dog<b> taken for cat, the surest first62.0 %",
            "cell1-1-1: Images of dog<b> that it knew, the least sure first40.0 %");
    List<Element> tiles =
        page.elements("span").stream()
            .filter(span -> span.getAttribute("class").equals("tile"))
            .toList();
    // The third is the lower left one of two by two.
    assertThat(tiles.get(2).getAttribute("style"))
        .isEqualTo("background-size:200% 200%;background-position:0.0000% 100.0000%");
    assertThat(page.text("figcaption")).contains("cat taken for dog<b>, 97.0 %");
    assertThat(page.text("h3")).contains("Most confident mistakes", "Calibration");
    assertThat(page.rows()).contains("55.0 % 50.0 % 4", "95.0 % 90.0 % 16");
    assertThat(page.text("p")).anyMatch(text -> text.contains("differ by 0.0123"));
  }

  /** A sheet of noise, which cannot be packed, of 750 kB: it is made smaller, its places stay. */
  @Test
  void aLargeSheetStaysWithinTheLimit() throws Exception {
    String html = ReportPage.of(List.of(result(EXAMPLES, 500))).html();
    assertThat(html).contains("--sheet:url(data:image/png;base64,").contains("#cell1-0-1");
    assertThat(html.length()).isLessThan(ReportPage.MOST_BYTES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "{}",
        "{\"sheet\": \"../examples.png\", \"columns\": 2, \"rows\": 2, \"cells\": [[0, 1, 1]]}",
        "{\"sheet\": \"nothing.png\", \"columns\": 2, \"rows\": 2, \"cells\": [[0, 1, 1]]}",
        "{\"sheet\": \"examples.png\", \"columns\": 0, \"rows\": 2, \"cells\": [[0, 1, 1]]}",
        "{\"sheet\": \"examples.png\", \"columns\": 2, \"rows\": 2, \"cells\": [[0, 7, 1]]}",
        "{\"sheet\": \"examples.png\", \"columns\": 2, \"rows\": 2, \"cells\": [\"a\"]}"
      })
  void whatCannotBeShownIsLeftOut(String examples) throws Exception {
    ParsedPage page = ParsedPage.of(ReportPage.of(List.of(result(examples, 4))).html());
    assertThat(page.attributes("a", "href")).isEmpty();
    assertThat(page.rows()).anyMatch(row -> row.startsWith("cat 8 2"));
  }
}
