package io.github.trimaran.examples.serve;

import java.util.List;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Draws on the paper of a page, and goes through the page by keys. */
final class Hand {

  private Hand() {}

  static void draw(Chromium browser, int digit) throws Exception {
    browser.click("#pen");
    WebElement paper = browser.find("#paper");
    browser.run("arguments[0].scrollIntoView({block: 'nearest'})", paper);
    double scale = paper.getSize().getWidth() / 280.0;
    for (List<int[]> stroke : DigitStrokes.of(digit)) {
      Actions actions = browser.actions();
      boolean first = true;
      for (int[] point : stroke) {
        actions.moveToElement(
            paper,
            (int) Math.round((point[0] - 140) * scale),
            (int) Math.round((point[1] - 140) * scale));
        if (first) {
          actions.clickAndHold();
        }
        first = false;
      }
      actions.release().perform();
    }
    rest(browser);
  }

  /**
   * Waits until everything that was drawn is answered. On a machine with much else to do a question
   * may take longer to arrive than the server waits; the page says so, and asks again by itself.
   */
  static void rest(Chromium browser) throws Exception {
    browser.await(
        "the last answer",
        () ->
            browser.run("return document.querySelector('main [aria-busy], #trouble:not([hidden])')")
                == null);
  }

  static void clear(Chromium browser) throws Exception {
    browser.run("document.getElementById('clear').click()");
    rest(browser);
  }

  static void tabTo(Chromium browser, String id) {
    for (int i = 0; i < 60; i++) {
      if (id.equals(browser.run("return document.activeElement.id"))) {
        return;
      }
      browser.actions().sendKeys(Keys.TAB).perform();
    }
    throw new AssertionError("the Tab key does not reach #" + id);
  }
}
