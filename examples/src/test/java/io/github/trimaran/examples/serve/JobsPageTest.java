package io.github.trimaran.examples.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The views Style, Classes and Training in a real browser. */
@Tag("one-jdk")
class JobsPageTest extends PageTest {

  private static void open(String view) {
    browser.open(served.uri().resolve("/icon.svg"));
    browser.open(served.uri().resolve("/#" + view));
  }

  private static void set(String id, Object value) {
    browser.run("document.getElementById(arguments[0]).value = arguments[1]", id, value);
  }

  private static String note(String box) {
    return browser.text("#" + box + " .job-note");
  }

  private static void looksRight(String name) throws IOException {
    for (String scheme : List.of("light", "dark")) {
      browser.prefer(scheme);
      assertThat(browser.serious()).as(name + " " + scheme).isEmpty();
      browser.picture(name + "-" + scheme);
    }
    browser.resize(375, 740);
    assertThat(browser.overflow()).as(name + " on a phone").isZero();
    browser.picture(name + "-phone");
    assertThat(browser.foreign(served.uri())).as("foreign addresses").isEmpty();
  }

  @Test
  void aPictureTakesOnAStyleAndIsThereAfterAReload() throws Exception {
    open("style");
    browser.await("the pictures", () -> browser.count("#content-list option") >= 2);
    assertThat(browser.text("#style-weights")).contains("data get squeezenet");
    assertThat(browser.run("return scrollY")).as("the other views stay in sight").isEqualTo(0L);
    set("style-size", 96);
    set("style-steps", 12);
    browser.click("#style-go");
    browser.await("the picture", () -> browser.isShown("#style-download"));
    assertThat(note("style-job")).isEqualTo("Done.");
    browser.reload();
    browser.await("the picture after a reload", () -> browser.isShown("#style-download"));
    browser.await(
        "its pixels",
        () ->
            browser
                .run("return document.getElementById('style-picture').naturalWidth")
                .equals(96L));
    assertThat(browser.find("#style-loss svg").getAttribute("aria-label"))
        .startsWith("Loss: all from ")
        .contains("at step 12");
    looksRight("style");
  }

  /** A picture of one's own is dropped; a job waits for the one before; both can be cancelled. */
  @Test
  void jobsWaitInAQueueAndCanBeCancelled() throws Exception {
    open("style");
    browser.await("the pictures", () -> browser.count("#content-list option") >= 2);
    browser.run(
        "const bytes = Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0));"
            + "const transfer = new DataTransfer();"
            + "transfer.items.add(new File([bytes], 'mine.png', {type: 'image/png'}));"
            + "document.querySelector('[data-picture=content]').dispatchEvent("
            + "new DragEvent('drop', {dataTransfer: transfer, bubbles: true, cancelable: true}))",
        Base64.getEncoder().encodeToString(Served.drawing(8)));
    browser.await(
        "the own picture", () -> browser.text("[data-picture=content]").contains("Your own"));
    set("style-size", 64);
    set("style-steps", 1000);
    browser.click("#style-go");
    browser.await("a picture so far", () -> browser.isShown("#style-picture"));
    browser.click("#style-go");
    browser.await("the second", () -> note("style-job").contains("one job is before this one"));
    browser.click("#style-job button");
    browser.await("the first again", () -> note("style-job").startsWith("Step "));
    browser.click("#views a[href='#classes']");
    browser.await("the classes", () -> browser.count("#class-names option") == 10);
    set("class-name", "ship");
    set("class-steps", 3);
    browser.click("#class-go");
    browser.await("the queue", () -> note("class-job").contains("one job is before this one"));
    browser.click("#views a[href='#style']");
    browser.click("#style-job button");
    browser.await("the end", () -> note("style-job").equals("Cancelled."));
    browser.click("#views a[href='#classes']");
    browser.await("the class", () -> browser.isShown("#class-download"));
    assertThat(browser.text("#class-result")).startsWith("The network takes it for ship with ");
    looksRight("classes");
  }

  @Test
  void aTrainingIsWatchedOverAReload() throws Exception {
    open("training");
    browser.await("the choices", () -> browser.count("#training-data option") == 2);
    assertThat(browser.text("#training-source")).contains("data get mnist");
    set("training-count", 800);
    set("training-epochs", 2);
    browser.find("#training-go").sendKeys(Keys.ENTER);
    browser.await("the loss", () -> browser.isShown("#training-loss svg"));
    browser.await("the filters", () -> browser.isShown("#training-filters"));
    browser.reload();
    browser.await("the loss after a reload", () -> browser.isShown("#training-loss svg"));
    browser.await("the mistakes", () -> browser.isShown("#training-mistakes-box"));
    browser.await("the end", () -> note("training-job").equals("Done."));
    assertThat(browser.text("#training-numbers")).contains("Test accuracy").contains("of 1,000");
    assertThat(browser.text("#training-accuracy figcaption")).contains("validation");
    looksRight("training");
  }

  @Test
  void saysWhenTheServerStopsInTheMiddleOfATraining() throws Exception {
    Path own = folder.resolve("stopped");
    Served first = Served.start(own);
    browser.open(first.uri().resolve("/#training"));
    browser.await("the choices", () -> browser.count("#training-data option") == 2);
    first.postJson("trainings", Map.of("num_training", 1000, "epochs", 100));
    browser.reload();
    browser.await("the loss", () -> browser.isShown("#training-loss svg"));
    first.close();
    browser.await("the word", () -> browser.isShown("#trouble"));
    try (Served second = Served.start(own, first.uri().getPort())) {
      // The first job of this server is not the first job of that one.
      second.postJson("styles", Map.of("size", 64, "iterations", 1));
      browser.await("the server again", () -> !browser.isShown("#trouble"));
      browser.await("that the job is gone", () -> note("training-job").contains("no such job"));
      browser.click("#training-go");
      browser.await("another training", () -> note("training-job").contains("poch 1 of 3"));
      for (var job : second.get("jobs").json().get("jobs")) {
        second.delete("jobs/" + job.get("id").asText());
      }
    }
  }
}
