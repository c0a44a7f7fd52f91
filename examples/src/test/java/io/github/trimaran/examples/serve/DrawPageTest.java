package io.github.trimaran.examples.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** The view Draw in a real browser. */
@Tag("one-jdk")
class DrawPageTest extends PageTest {

  @BeforeEach
  void load() throws Exception {
    browser.open(served.uri());
    browser.run("localStorage.clear()");
    browser.await(
        "the labels",
        () -> browser.run("return document.querySelectorAll('#labels button').length").equals(10L));
  }

  private static void draw(int digit) throws Exception {
    Hand.draw(browser, digit);
  }

  private static void rest() throws Exception {
    Hand.rest(browser);
  }

  private static String answer() {
    return (String) browser.run("return document.querySelector('#answer b')?.textContent ?? ''");
  }

  private static void clear() throws Exception {
    Hand.clear(browser);
  }

  @Test
  void tenDigitsDrawnAsStrokesAreRead() throws Exception {
    List<String> answers = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      draw(digit);
      answers.add(answer());
      if (digit == 5) {
        browser.picture("draw-light");
      }
      clear();
    }
    assertThat(answers).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Test
  void undoTakesBackAStrokeAndRedoBringsItBack() throws Exception {
    draw(4);
    assertThat(answer()).isEqualTo("4");
    browser.click("#undo");
    browser.click("#undo");
    rest();
    assertThat(answer()).isEmpty();
    assertThat(browser.text("#answer")).isEqualTo("Nothing is drawn yet.");
    browser.click("#redo");
    browser.click("#redo");
    rest();
    assertThat(answer()).isEqualTo("4");
  }

  @Test
  void theEraserTakesInkAway() throws Exception {
    draw(1);
    Object before =
        browser.run(
            "return document.querySelector('#paper').getContext('2d').getImageData(0, 0, 560, 560).data.reduce((a, b) => a + b)");
    browser.click("#eraser");
    assertThat(browser.find("#eraser").getAttribute("aria-pressed")).isEqualTo("true");
    browser.actions().moveToElement(browser.find("#paper")).click().perform();
    rest();
    Object after =
        browser.run(
            "return document.querySelector('#paper').getContext('2d').getImageData(0, 0, 560, 560).data.reduce((a, b) => a + b)");
    assertThat((Long) after).isGreaterThan((Long) before);
  }

  @Test
  void aPastedAndADroppedPictureAreRead() throws Exception {
    paste(Served.drawing(6), "image/png");
    browser.await("the pasted six", () -> answer().equals("6"));
    clear();
    browser.run(
        TRANSFER
            + "document.getElementById('paper').dispatchEvent(new DragEvent('drop', {dataTransfer: transfer, bubbles: true, cancelable: true}))",
        Base64.getEncoder().encodeToString(Served.drawing(2)),
        "image/png");
    browser.await("the dropped two", () -> answer().equals("2"));
    Object prevented =
        browser.run(
            TRANSFER
                + "return !document.querySelector('footer').dispatchEvent("
                + "new DragEvent('drop', {dataTransfer: transfer, bubbles: true, cancelable: true}))",
            Base64.getEncoder().encodeToString(Served.drawing(3)),
            "image/png");
    assertThat(prevented).as("the browser does not open it in place of the page").isEqualTo(true);
    browser.await("the three that missed the paper", () -> answer().equals("3"));
  }

  private static final String TRANSFER =
      "const bytes = Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0));"
          + "const transfer = new DataTransfer();"
          + "transfer.items.add(new File([bytes], 'mine', {type: arguments[1]}));";

  private static void paste(byte[] file, String type) {
    browser.run(
        TRANSFER
            + "dispatchEvent(new ClipboardEvent('paste', {clipboardData: transfer, bubbles: true}))",
        Base64.getEncoder().encodeToString(file),
        type);
  }

  @Test
  void saysSoWhenAPastedPictureShowsNoDigitOrIsNone() throws Exception {
    paste(Pictures.white(), "image/png");
    browser.await("a word on the blank picture", () -> browser.text("#answer").contains("blank"));
    paste("no picture".getBytes(StandardCharsets.UTF_8), "image/png");
    browser.await("a word on the file", () -> browser.text("#answer").contains("no picture"));
  }

  @Test
  void aDigitIsDrawnReadAndCorrectedByKeyboardAlone() throws Exception {
    browser.run("document.getElementById('main').focus()");
    Hand.tabTo(browser, "paper");
    // A seven: across, then down to the left, with the keys alone.
    Actions keys = browser.actions();
    keys.sendKeys(Keys.ARROW_LEFT.toString().repeat(5)).sendKeys(" ");
    keys.sendKeys(Keys.ARROW_RIGHT.toString().repeat(11));
    for (int i = 0; i < 15; i++) {
      keys.sendKeys(Keys.ARROW_DOWN);
      if (i % 3 == 0) {
        keys.sendKeys(Keys.ARROW_LEFT);
      }
    }
    keys.sendKeys(" ").perform();
    rest();
    assertThat(answer()).isEqualTo("7");
    browser.actions().sendKeys("z").perform();
    rest();
    assertThat(answer()).isEmpty();
    browser.actions().sendKeys("y").perform();
    rest();
    Hand.tabTo(browser, "saliency");
    browser.actions().sendKeys(" ").perform();
    assertThat(browser.find("#saliency").isSelected()).isTrue();
    Hand.tabTo(browser, "change");
    browser.actions().sendKeys(Keys.ENTER).perform();
    browser.await("the change", () -> browser.text("#change-text").contains("from 7 to"));
  }

  @Test
  void coloursFollowTheSystemOrTheButton() throws Exception {
    draw(8);
    String light = (String) browser.run("return getComputedStyle(document.body).backgroundColor");
    browser.prefer("dark");
    String dark = (String) browser.run("return getComputedStyle(document.body).backgroundColor");
    assertThat(dark).isNotEqualTo(light);
    rest();
    browser.click("#saliency");
    browser.click("#change");
    browser.await("the change", () -> browser.isShown("#change-box"));
    browser.picture("draw-dark");
    browser.click("#theme");
    assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
        .isEqualTo(light);
    browser.click("#theme");
    assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
        .isEqualTo(dark);
    assertThat(answer()).as("colours change nothing of the answer").isEqualTo("8");
  }

  @Test
  void fitsAPhone() throws Exception {
    browser.resize(360, 740);
    draw(3);
    assertThat(answer()).isEqualTo("3");
    assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(360);
    browser.picture("draw-phone");
  }

  @Test
  void aCopyLearnsFromACorrectionAndIsKeptOrDropped() throws Exception {
    draw(7);
    browser.click("#labels button:nth-child(2)");
    browser.await("thanks", () -> browser.text("#kept").startsWith("Thank you, a 1"));
    browser.click("#tune");
    browser.await("the training", () -> browser.isShown("#tune-cancel"));
    browser.reload();
    browser.await("the verdict after a reload", () -> browser.isShown("#verdict"));
    assertThat(browser.text("#own-before")).isEqualTo("0 of 1");
    assertThat(browser.text("#own-after")).isEqualTo("1 of 1");
    browser.picture("tuned");
    browser.click("#keep");
    browser.await("kept", () -> browser.isShown("#restore"));
    draw(7);
    assertThat(answer()).isEqualTo("1");
    browser.click("#restore");
    browser.await("back", () -> !browser.isShown("#restore"));
    clear();
    draw(7);
    assertThat(answer()).isEqualTo("7");
  }

  @Test
  void saysWhenTheServerIsGoneAndRecovers() throws Exception {
    Path own = folder.resolve("stopped");
    Served first = Served.start(own);
    URI page = first.uri();
    browser.open(page);
    draw(2);
    assertThat(answer()).isEqualTo("2");
    first.close();
    browser.click("#undo");
    browser.await("the word", () -> browser.isShown("#trouble"));
    assertThat(browser.text("#trouble")).contains("does not answer");
    browser.run("document.getElementById('redo').click()");
    try (Served second = Served.start(own, page.getPort())) {
      browser.await("the server again", () -> !browser.isShown("#trouble"));
      browser.await("the answer", () -> answer().equals("2"));
    }
  }

  @Test
  void askedNobodyButThisMachine() throws Exception {
    // What was said to other tests.
    browser.errors();
    draw(9);
    assertThat(browser.requested())
        .isNotEmpty()
        .allMatch(
            address ->
                address.startsWith("http://127.0.0.1:")
                    || address.startsWith("chrome:")
                    || address.startsWith("data:")
                    || address.startsWith("blob:"));
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void axeFindsNothingSerious() throws Exception {
    draw(5);
    browser.click("#change");
    browser.await("the change", () -> browser.isShown("#change-box"));
    for (String scheme : List.of("light", "dark")) {
      browser.prefer(scheme);
      assertThat(browser.serious()).as(scheme).isEmpty();
    }
  }
}
