package io.github.trimaran.examples.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.trimaran.examples.serve.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The report in a real browser, as a file: values under the pointer and by keys, in both themes.
 */
class ReportInBrowserTest {

  @TempDir static Path folder;

  private static Chromium browser;
  private static Path report;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Chromium.isInstalled(), "no Chromium with its driver in /usr/bin");
    report = folder.resolve("report.html");
    ReportPage.of(
            List.of(result("fast", "0.01", "[4, 2, 1]"), result("slow", "0.001", "[4, 3, 2]")))
        .write(report);
    browser = Chromium.start(folder.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static SavedResult result(String name, String rate, String loss) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        place.resolve("result.json"),
        """
        {"command": "train mnist", "settings": {"learning_rate": %s},
         "runs": [{"name": "images", "history": {"loss": %s},
                   "metrics": {"confusion": [[8, 2], [1, 9]]}}]}
        """
            .formatted(rate, loss));
    return SavedResult.read(place);
  }

  @Test
  void thePointerShowsTheValuesUnderIt() {
    browser.open(report.toUri());
    assertThat(browser.text("output")).isEmpty();
    // The middle of the drawing is a little left of the second of three epochs.
    browser.actions().moveToElement(browser.find(".plot svg")).perform();
    assertThat(browser.text("output").lines()).containsExactly("epoch 2", "A fast: 2", "B slow: 3");
    browser.actions().moveToElement(browser.find("h1")).perform();
    assertThat(browser.text("output")).isEmpty();
  }

  @Test
  void keysShowTheValuesToo() {
    browser.open(report.toUri());
    WebElement slider = browser.find("input[type=range]");
    slider.sendKeys(Keys.HOME);
    assertThat(browser.text("output").lines()).containsExactly("epoch 1", "A fast: 4", "B slow: 4");
    slider.sendKeys(Keys.ARROW_RIGHT);
    assertThat(slider.getAttribute("aria-valuetext")).isEqualTo("epoch 2, A fast: 2, B slow: 3");
    slider.sendKeys(Keys.END);
    assertThat(browser.text("output").lines()).containsExactly("epoch 3", "A fast: 1", "B slow: 2");
  }

  @Test
  void axeFindsNothingSerious() throws IOException {
    browser.open(report.toUri());
    for (String scheme : List.of("light", "dark")) {
      browser.prefer(scheme);
      assertThat(browser.serious()).as(scheme).isEmpty();
    }
  }

  @Test
  void isNoWiderThanAPhone() {
    browser.open(report.toUri());
    browser.resize(360, 740);
    assertThat((long) browser.run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(360);
    browser.resize(1280, 1000);
  }

  @Test
  void asksForNothingButItself() {
    browser.open(report.toUri());
    assertThat(browser.requested())
        .contains(report.toUri().toString())
        .allMatch(
            address ->
                address.startsWith("file:")
                    || address.startsWith("data:")
                    || address.startsWith("chrome:"));
    assertThat(browser.errors()).isEmpty();
  }
}
