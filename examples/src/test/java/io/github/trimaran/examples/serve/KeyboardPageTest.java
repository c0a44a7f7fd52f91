package io.github.trimaran.examples.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Every view by keyboard alone: Tab to get there, arrows and letters to choose, Enter to do. */
@Tag("one-jdk")
class KeyboardPageTest extends PageTest {

  private static void type(CharSequence... keys) {
    browser.actions().sendKeys(String.join("", keys)).perform();
  }

  /** From the top of the page: as who has just come. */
  private static void tabTo(String id) throws Exception {
    browser.run("document.activeElement.blur(); scrollTo(0, 0)");
    Hand.tabTo(browser, id);
  }

  private static Object value(String id) {
    return browser.run("return document.getElementById(arguments[0]).value", id);
  }

  /** Writes over what stands in a field. */
  private static void fill(String id, String text) throws Exception {
    tabTo(id);
    browser.actions().keyDown(Keys.CONTROL).sendKeys("a").keyUp(Keys.CONTROL).perform();
    type(text);
    assertThat(value(id)).isEqualTo(text);
  }

  private static void press(String id) throws Exception {
    tabTo(id);
    type(Keys.ENTER);
  }

  @BeforeEach
  void load() {
    browser.open(served.uri());
    browser.run("localStorage.clear()");
  }

  /** Tab and Enter on the links above. */
  private static void go(String view) throws Exception {
    browser.run("document.activeElement.blur(); scrollTo(0, 0)");
    for (int i = 0; i < 12; i++) {
      type(Keys.TAB);
      if (browser.run("return document.activeElement.hash ?? ''").equals("#" + view)) {
        type(Keys.ENTER);
        browser.await(view, () -> browser.isShown("#" + view));
        return;
      }
    }
    throw new AssertionError("Tab does not reach the link to " + view);
  }

  @Test
  void aDrawingIsCompared() throws Exception {
    go("compare");
    browser.await("the backends", () -> browser.count(".card") == 3);
    tabTo("paper");
    type(Keys.ARROW_UP.toString().repeat(8), " ", Keys.ARROW_DOWN.toString().repeat(16), " ");
    browser.await("the answer", () -> browser.isShown(".card .label b"));
    assertThat(browser.text(".card .label b")).isEqualTo("1");
  }

  @Test
  void aStyleIsTransferred() throws Exception {
    go("style");
    browser.await("the pictures", () -> browser.count("#content-list option") >= 2);
    tabTo("content-list");
    Object first = value("content-list");
    type(Keys.ARROW_DOWN);
    assertThat(value("content-list")).isNotEqualTo(first);
    fill("style-size", "64");
    fill("style-steps", "900");
    press("style-go");
    browser.await("a picture so far", () -> browser.isShown("#style-picture"));
    browser.run("document.querySelector('#style-job button').id = 'style-cancel'");
    press("style-cancel");
    browser.await("the end", () -> browser.text("#style-job .job-note").equals("Cancelled."));
  }

  @Test
  void aClassGetsItsPicture() throws Exception {
    go("classes");
    browser.await("the classes", () -> browser.count("#class-names option") == 10);
    fill("class-name", "frog");
    fill("class-steps", "2");
    press("class-go");
    browser.await("the picture", () -> browser.isShown("#class-download"));
    assertThat(browser.text("#class-result")).startsWith("The network takes it for frog with ");
  }

  @Test
  void aNetworkOfPhotographsIsTrained() throws Exception {
    go("training");
    browser.await("the choices", () -> browser.count("#training-data option") == 2);
    tabTo("training-data");
    type(Keys.ARROW_DOWN);
    assertThat(value("training-data")).isEqualTo("cifar10");
    fill("training-filters-count", "4");
    fill("training-count", "300");
    fill("training-epochs", "2");
    press("training-go");
    browser.await("the filters", () -> browser.isShown("#training-filters"));
    browser.await("the mistakes", () -> browser.isShown("#training-mistakes-box"));
    browser.await("the end", () -> browser.text("#training-job .job-note").equals("Done."));
    assertThat(browser.count("#training-mistakes canvas")).isPositive();
    assertThat(browser.run("return document.querySelector('#training-mistakes canvas').width"))
        .isEqualTo(32L);
    assertThat(browser.text("#training-numbers")).contains("Test accuracy");
  }
}
