package io.github.trimaran.examples.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.trimaran.examples.serve.Chromium;
import io.github.trimaran.vision.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The report in a real browser, as a file: values under the pointer and by keys, in both themes.
 */
@Tag("one-jdk")
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
                   "metrics": {"confusion": [[8, 2], [1, 9]],
                    "examples": {"sheet": "examples.png", "columns": 2, "rows": 1,
                                 "cells": [[0, 1, 0.9], [1, 0, 0.8]]},
                    "calibration": {"error": 0.1, "confidence": [0.9], "accuracy": [0.8],
                                    "count": [20]}}}]}
        """
            .formatted(rate, loss));
    Pictures.writePng(
        place.resolve("examples.png"), new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB));
    return SavedResult.read(place);
  }

  @Test
  void aCellOfTheMatrixOpensItsPictures() {
    browser.open(report.toUri());
    assertThat(browser.find("#cell1-0-1").isDisplayed()).isFalse();
    browser.find("a[href='#cell1-0-1']").sendKeys(Keys.ENTER);
    assertThat(browser.text("#cell1-0-1")).contains("0 taken for 1").contains("90.0 %");
    assertThat(browser.find("#cell1-0-1 .tile").isDisplayed()).isTrue();
    browser.find("a[href='#cell2-1-0']").click();
    assertThat(browser.find("#cell1-0-1").isDisplayed()).isFalse();
    assertThat(browser.find("#cell2-1-0 .tile").isDisplayed()).isTrue();
    assertThat(browser.find("#cell2-1-0 figcaption").getLocation().getY())
        .as("the caption is below its picture")
        .isGreaterThanOrEqualTo(
            browser.find("#cell2-1-0 .tile").getLocation().getY()
                + browser.find("#cell2-1-0 .tile").getSize().getHeight());
    // The sheet is in the page, and the page's own policy lets it be shown.
    assertThat(
            (String)
                browser.run(
                    "return getComputedStyle(document.querySelector('.tile')).backgroundImage"))
        .startsWith("url(\"data:image/png;base64,");
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
