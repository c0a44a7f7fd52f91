package io.github.trimaran.examples.serve;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests of the page in a real browser; skipped where there is none. */
abstract class PageTest extends ServedTest {

  static Chromium browser;

  @BeforeAll
  static void browse() throws IOException {
    assumeBrowser();
    browser = Chromium.start(folder.resolve("profile"));
  }

  static void assumeBrowser() {
    assumeTrue(Chromium.isInstalled(), "no Chromium with its driver in /usr/bin");
  }

  @AfterAll
  static void leave() {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }

  @BeforeEach
  void desktop() {
    browser.resize(1280, 1000);
    browser.prefer("light");
  }
}
