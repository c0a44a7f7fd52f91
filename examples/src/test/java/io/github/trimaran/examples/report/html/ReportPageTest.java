package io.github.trimaran.examples.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.trimaran.vision.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/**
 * The report is one well-formed file that asks nobody for anything and says what the result holds.
 */
class ReportPageTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static String result(String fields) {
    return "{\"command\": \"train mnist\", \"backend\": {\"name\": \"cpu\"}, " + fields + "}";
  }

  private static String run(String metrics, String history) {
    return "\"runs\": [{\"name\": \"images\", \"metrics\": "
        + metrics
        + ", \"history\": "
        + history
        + "}]";
  }

  private SavedResult saved(String name, String json) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    Files.writeString(place.resolve("result.json"), json);
    return SavedResult.read(place);
  }

  private ParsedPage page(SavedResult... results) throws Exception {
    return ParsedPage.of(ReportPage.of(List.of(results)).html());
  }

  /** The network of {@code conv1: 8 x 1 x 5 x 5 + 8} and {@code fc: 10 x 72 + 10}, twice. */
  @Test
  void tellsEachNetworkOnceLayerByLayer() throws Exception {
    String run =
        "{\"name\": \"%s\", \"metrics\": {}, \"history\": {}, \"layers\":"
            + " {\"conv1\": {\"weight\": [8, 1, 5, 5], \"bias\": [8]},"
            + " \"fc\": {\"weight\": [10, %d], \"bias\": [10]}}}";
    String runs =
        "\"runs\": ["
            + String.join(
                ", ",
                run.formatted("short", 72),
                run.formatted("long", 72),
                run.formatted("wide", 144))
            + "]";
    ParsedPage page = page(saved("a", result(runs)));
    assertThat(page.text("h3")).contains("short; long", "wide");
    assertThat(page.text("td"))
        .contains("weight 8 × 1 × 5 × 5, bias 8", "208", "weight 10 × 72, bias 10", "730", "938")
        .contains("weight 10 × 144, bias 10", "1,450", "1,658");
  }

  @Test
  void saysWhatTheResultHolds() throws Exception {
    ParsedPage page =
        page(
            saved(
                "a",
                result(
                    "\"question\": \"How well?\", \"answer\": \"Well: 0.98\", \"commit\": \"abc123\","
                        + "\"seed\": 29, \"settings\": {\"epochs\": 3},"
                        + "\"data\": {\"name\": \"MNIST\", \"files\": {\"t10k\": \"sha256:77\"}},"
                        + run(
                            "{\"test_accuracy\": 0.9812345678}",
                            "{\"loss\": [2.5, 1.25, 0.5], \"val_accuracy\": [0.5, \"NaN\", 0.75]}"))));
    assertThat(page.text("h1")).containsExactly("train mnist on cpu");
    assertThat(page.text("p")).contains("How well?", "Answer: Well: 0.98");
    assertThat(page.rows())
        .contains(
            "test_accuracy 0.981235",
            "epochs 3",
            "commit abc123",
            "seed 29",
            "t10k sha256:77",
            // The tables of both charts, with a gap where there was no number.
            "1 2.5",
            "2 1.25",
            "3 0.5",
            "1 0.5",
            "2",
            "3 0.75");
  }

  /** In the drawing, the middle value lies in the middle and the last at the right end. */
  @Test
  void curvesLieWhereTheirValuesSay() throws Exception {
    ParsedPage page = page(saved("a", result(run("{}", "{\"loss\": [0, 5, 10]}"))));
    assertThat(page.attributes("path", "d"))
        // From (70, 252) to (705, 14): the axis spans 0 to 10 and 1 to 3.
        .contains("M70.0 252.0L387.5 133.0L705.0 14.0");
  }

  @Test
  void longHistoriesAreDrawnAsMeans() throws Exception {
    String steps = String.join(",", IntStream.range(0, 3_000).mapToObj(i -> "" + i % 10).toList());
    ParsedPage page = page(saved("a", result(run("{}", "{\"step_loss\": [" + steps + "]}"))));
    // Ten neighbours each: 0 to 9, whose mean is 4.5.
    assertThat(page.text("figcaption")).first().asString().contains("mean of 10 steps");
    assertThat(page.rows()).contains("1–10 4.5", "2991–3000 4.5");
  }

  @Test
  void theConfusionMatrixIsATable() throws Exception {
    ParsedPage page =
        page(
            saved(
                "a",
                result(
                    run(
                        "{\"confusion\": [[8, 2], [0, 5]], \"classes\": [\"cat\", \"dog\"],"
                            + "\"per_class_accuracy\": [0.8, 1.0]}",
                        "{}"))));
    assertThat(page.rows())
        .contains("class cat dog correct", "cat 8 2 80.0 %", "dog 0 5 100.0 %")
        .noneMatch(row -> row.startsWith("per_class_accuracy"));
  }

  @Test
  void aProfileIsSummedByLayer() throws Exception {
    String profile =
        "\"parameters\": {\"conv1\": 1500}, \"profile\": ["
            + "{\"operation\": \"conv2d\", \"layer\": \"Net/conv1\", \"calls\": 2,"
            + " \"seconds\": 6.0, \"bytes\": 2500000},"
            + "{\"operation\": \"add\", \"layer\": \"Net/conv1\", \"calls\": 4,"
            + " \"seconds\": 1.0, \"bytes\": 500000},"
            + "{\"operation\": \"matmul\", \"layer\": \"\", \"calls\": 1, \"seconds\": 3.0}], ";
    ParsedPage page = page(saved("a", result(profile + run("{}", "{}"))));
    assertThat(page.rows())
        .contains(
            "Net/conv1 70.0 % 7 3 1.5",
            // Of an older result, which does not tell bytes.
            "outside layers 30.0 % 3 0", "conv2d Net/conv1 60.0 % 6 2 3000000 2.5");
  }

  @Test
  void oldAndMeagreResultsHaveAReport() throws Exception {
    ParsedPage page = page(saved("a", "{\"command\": \"x\", \"runs\": []}"));
    assertThat(page.text("h1")).containsExactly("x on –");
  }

  @Test
  void namesCannotBecomeMarkup() throws Exception {
    String evil =
        "</script><script>alert(1)</script><img src=x onerror='alert(2)'>\" ${script} &\u0000";
    ObjectNode json = JSON.createObjectNode().put("command", evil).put("answer", evil);
    json.put("question", evil).putObject("settings").put(evil, evil);
    json.putObject("data").put("name", evil).putObject("files").put(evil, evil);
    json.putObject("backend").put("name", evil).putObject("versions").put(evil, evil);
    json.putArray("pictures").add(evil);
    ObjectNode run = json.putArray("runs").addObject().put("name", evil);
    ObjectNode metrics = run.putObject("metrics").put(evil, evil);
    metrics.putArray("classes").add(evil);
    metrics.putArray("confusion").addArray().add(1);
    run.putObject("history").putArray(evil).add(1).add(2);
    json.putArray("profile").addObject().put("operation", evil).put("layer", evil);
    SavedResult hostile = saved("a", JSON.writeValueAsString(json));
    for (ParsedPage page : List.of(page(hostile), page(hostile, hostile))) {
      assertThat(page.elements("script")).hasSize(1);
      assertThat(page.elements("img")).isEmpty();
      assertThat(page.everyAttribute()).noneMatch(name -> name.startsWith("on"));
      assertThat(page.text("h1").get(0)).contains("</script><script>alert(1)</script><img src=x");
    }
  }

  @Test
  void nothingIsAskedForOutside() throws Exception {
    SavedResult result =
        saved("a", result("\"pictures\": [\"p.png\"], " + run("{}", "{\"loss\": [1, 2]}")));
    Pictures.writePng(result.folder().resolve("p.png"), noise(20, 10));
    ParsedPage page = page(result);
    assertThat(page.elements("link")).isEmpty();
    assertThat(page.elements("iframe")).isEmpty();
    assertThat(page.attributes("script", "src")).isEmpty();
    assertThat(page.attributes("img", "src"))
        .hasSize(1)
        .allMatch(at -> at.startsWith("data:image/png;"));
    assertThat(page.style()).doesNotContain("url(", "@import", "http");
    assertThat(page.script()).doesNotContain("fetch(", "XMLHttpRequest", "import(", "eval(");
    assertThat(page.script().replace("http://www.w3.org/2000/svg", "")).doesNotContain("http");
    assertThat(page.attributes("meta", "content"))
        .anyMatch(policy -> policy.startsWith("default-src 'none'; img-src data:;"));
  }

  @Test
  void picturesShareTheRoomThereIs() throws Exception {
    List<String> names = Stream.of(1, 2, 3).map(i -> i + ".png").toList();
    SavedResult result =
        saved(
            "a", result("\"pictures\": " + JSON.writeValueAsString(names) + "," + run("{}", "{}")));
    // Noise does not compress: 1.9 MB each.
    for (String name : names) {
      Pictures.writePng(result.folder().resolve(name), noise(900, 700));
    }
    String html = ReportPage.of(List.of(result)).html();
    assertThat(html.getBytes(StandardCharsets.UTF_8).length).isBetween(800_000, 2_000_000);
    for (String address : ParsedPage.of(html).attributes("img", "src")) {
      byte[] png = Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
      BufferedImage shown = ImageIO.read(new ByteArrayInputStream(png));
      assertThat(shown.getWidth() / (double) shown.getHeight()).isBetween(1.25, 1.32);
      assertThat(shown.getWidth()).isBetween(300, 700);
    }
  }

  @Test
  void onlyPicturesBesideTheResultAreShown() throws Exception {
    Pictures.writePng(folder.resolve("secret.png"), noise(5, 5));
    SavedResult result =
        saved(
            "a",
            result(
                "\"pictures\": [\"../secret.png\", \""
                    + folder.resolve("secret.png")
                    + "\", \"gone.png\", \"text.png\"], "
                    + run("{}", "{}")));
    Files.writeString(result.folder().resolve("text.png"), "no picture");
    ParsedPage page = page(result);
    assertThat(page.elements("img")).isEmpty();
    assertThat(page.text("figcaption"))
        .hasSize(4)
        .allMatch(caption -> caption.contains("not shown"));
  }

  private static BufferedImage noise(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int state = 29;
    for (int i = 0; i < width * height; i++) {
      state = state * 1_664_525 + 1_013_904_223;
      picture.setRGB(i % width, i / width, state >>> 8);
    }
    return picture;
  }

  @Test
  void comparesTwoRuns() throws Exception {
    SavedResult a =
        saved(
            "slow",
            result(
                "\"seed\": 29, \"settings\": {\"epochs\": 2, \"reg\": 0.1}, "
                    + run("{\"test_accuracy\": 0.5}", "{\"loss\": [4, 2]}")));
    SavedResult b =
        saved(
            "fast",
            result(
                "\"seed\": 29, \"settings\": {\"epochs\": 3, \"reg\": 0.1}, "
                    + run("{\"test_accuracy\": 0.75}", "{\"loss\": [3, 1, 0]}")));
    ParsedPage page = page(a, b);
    assertThat(page.text("h1")).containsExactly("train mnist: 2 runs side by side");
    assertThat(page.text("li")).containsExactly("A slow", "B fast");
    assertThat(page.rows())
        .contains(
            "test_accuracy 0.5 0.75 (+0.25)",
            "epochs differs 2 3",
            "reg 0.1 0.1",
            "seed 29 29",
            "epoch A slow B fast",
            "1 4 3",
            "3  0");
    assertThat(page.attributes("path", "d"))
        // One chart: 0 to 4 and 1 to 3.
        .contains("M70.0 14.0L387.5 133.0", "M70.0 73.5L387.5 192.5L705.0 252.0");
  }

  @Test
  void runsOfDifferentCommandsAreNotCompared() throws Exception {
    SavedResult a = saved("a", result(run("{}", "{}")));
    SavedResult b = saved("b", "{\"command\": \"evaluate\", \"runs\": []}");
    assertThatThrownBy(() -> ReportPage.of(List.of(a, b)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("different commands", "'train mnist'", "'evaluate'");
  }

  @Test
  void tooMuchForAPageIsRefused() throws Exception {
    ObjectNode json = JSON.createObjectNode().put("command", "x");
    ArrayNode runs = json.putArray("runs");
    for (int i = 0; i < 50; i++) {
      ObjectNode metrics = runs.addObject().put("name", "r" + i).putObject("metrics");
      for (int j = 0; j < 50; j++) {
        metrics.put("m" + j, "x".repeat(2_000));
      }
    }
    SavedResult huge = saved("a", JSON.writeValueAsString(json));
    assertThatThrownBy(() -> ReportPage.of(List.of(huge)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too much for a report of 2 MB");
  }

  @Test
  void everyElementHasAPlaceInTheOutline() throws Exception {
    ParsedPage page = page(saved("a", result(run("{}", "{\"loss\": [1, 2]}"))));
    for (Element svg : page.elements("svg")) {
      boolean named =
          svg.getAttribute("role").equals("img") && !svg.getAttribute("aria-label").isEmpty();
      assertThat(named || svg.getAttribute("aria-hidden").equals("true")).isTrue();
    }
    assertThat(page.elements("html").get(0).getAttribute("lang")).isEqualTo("en");
  }
}
