package io.github.trimaran.examples.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.trimaran.backend.BackendProvider;
import io.github.trimaran.backend.Backends;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same drawing on every backend: what the interface says, and what the page shows of it. */
@Tag("one-jdk")
class ComparePageTest extends ServedTest {

  private static List<String> here() {
    return Backends.providers().stream().map(BackendProvider::name).toList();
  }

  /** All agree on the digit, within rounding; one that is not here says how it can be had. */
  @Test
  void asksEveryBackendThatIsHere() throws Exception {
    Served.Answer answer = served.post("comparisons", "image/png", Served.drawing(5));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("reference").asText()).isEqualTo("cpu");
    List<String> names = new ArrayList<>();
    for (JsonNode side : answer.json().get("backends")) {
      String name = side.get("name").asText();
      names.add(name);
      if (here().contains(name)) {
        assertThat(side.get("label").asText()).as(name).isEqualTo("5");
        assertThat(side.get("probabilities")).as(name).hasSize(10);
        assertThat(side.get("milliseconds").asDouble()).as(name).isBetween(0.0, 2_000.0);
        assertThat(side.get("largest_difference").asDouble()).as(name).isBetween(0.0, 1e-4);
      } else {
        assertThat(side.get("missing").asText()).as(name).contains("serve --backend all");
      }
    }
    assertThat(names).containsExactly("cpu", "nd4j", "djl");
  }

  @Test
  void refusesWhatIsNoDigit() throws Exception {
    assertThat(served.post("comparisons", "image/png", Pictures.white()).status()).isEqualTo(422);
    assertThat(served.postJson("comparisons", List.of()).status()).isEqualTo(400);
  }

  @Test
  void showsThemSideBySide() throws Exception {
    PageTest.assumeBrowser();
    try (Chromium browser = Chromium.start(folder.resolve("profile"))) {
      showsThemSideBySide(browser);
    }
  }

  private static void showsThemSideBySide(Chromium browser) throws Exception {
    browser.open(served.uri().resolve("/#compare"));
    browser.await("the backends", () -> browser.count(".card") == 3);
    Hand.draw(browser, 8);
    List<String> shown = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      String card = ".card:nth-child(" + i + ") ";
      String name = browser.text(card + "h3");
      shown.add(name);
      if (here().contains(name)) {
        assertThat(browser.text(card + ".label b")).as(name).isEqualTo("8");
        assertThat(browser.text(card + ".time")).as(name).endsWith(" ms");
      } else {
        assertThat(browser.text(card + ".device")).as(name).contains("serve --backend all");
      }
    }
    assertThat(shown).containsExactly("cpu", "nd4j", "djl");
    browser.picture("compare-light");
    browser.click("#views a[href='#draw']");
    browser.await("an answer", () -> browser.count("#answer b") == 1);
    assertThat(browser.text("#answer b")).as("the same drawing").isEqualTo("8");
    browser.click("#views a[href='#compare']");
    Hand.rest(browser);
    for (String scheme : List.of("light", "dark")) {
      browser.prefer(scheme);
      assertThat(browser.serious()).as(scheme).isEmpty();
    }
    browser.picture("compare-dark");
    browser.resize(375, 740);
    assertThat(browser.overflow()).isZero();
    browser.picture("compare-phone");
    browser.prefer("light");
    assertThat(browser.foreign(served.uri())).isEmpty();
    assertThat(browser.errors()).isEmpty();
  }
}
