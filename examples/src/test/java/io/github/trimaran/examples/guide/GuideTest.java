package io.github.trimaran.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.trimaran.backend.BackendProvider;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.examples.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Everything that README.md and the guide show runs as it stands there, pasted into one Java shell
 * a page, from top to bottom. A text block right below code is what it prints; numbers in it may
 * differ a little, because processors round differently.
 */
class GuideTest {

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE]-?\\d+)?");
  private static final double RELATIVE = 0.05;
  private static final double ABSOLUTE = 0.02;

  private static int pages;
  private static int blocks;

  private static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "docs", "guide"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".md"))
          .sorted()
          .map(name -> "docs/guide/" + name)
          .toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyPageRuns() throws IOException {
    return names().stream().map(name -> DynamicTest.dynamicTest(name, () -> run(Page.read(name))));
  }

  @AfterAll
  static void count() {
    System.out.printf("Guide: %d blocks of code on %d pages compiled and run%n", blocks, pages);
  }

  private static void run(Page page) {
    requireWhatItNeeds(page);
    try (Shell shell = new Shell("cpu")) {
      for (Page.Block block : page.blocks()) {
        String where = page.name() + ":" + block.line();
        String printed;
        try {
          printed = shell.run(block.code());
        } catch (AssertionError e) {
          throw new AssertionError(where + ": " + e.getMessage(), e);
        }
        if (block.output() != null) {
          requireLike(where, printed, block.output());
        }
        blocks++;
      }
    }
    pages++;
  }

  /** A light build has not the engines. */
  private static void requireWhatItNeeds(Page page) {
    List<String> here = Backends.providers().stream().map(BackendProvider::name).toList();
    for (String engine : List.of("nd4j", "djl")) {
      assumeTrue(
          here.contains(engine) || !page.shows("get(\"" + engine + "\""),
          page.name() + " needs " + engine);
    }
  }

  private static void requireLike(String where, String printed, String shown) {
    assertThat(NUMBER.matcher(printed).replaceAll("#").strip())
        .as("%s prints%n%s", where, printed)
        .isEqualTo(NUMBER.matcher(shown).replaceAll("#").strip());
    List<Double> found = numbers(printed);
    List<Double> expected = numbers(shown);
    for (int i = 0; i < found.size(); i++) {
      double allowed = Math.max(ABSOLUTE, RELATIVE * Math.abs(expected.get(i)));
      assertThat(found.get(i))
          .as("%s prints%n%s", where, printed)
          .isCloseTo(expected.get(i), within(allowed));
    }
  }

  private static List<Double> numbers(String text) {
    return NUMBER.matcher(text).results().map(found -> Double.valueOf(found.group())).toList();
  }

  @Test
  void whatIsShownOfTheOutputIsCompared() {
    requireLike("here", "loss 0.5003 of 10\n", "loss 0.5 of 10");
    assertThat(failed("loss 0.6 of 10\n", "loss 0.5 of 10")).isTrue();
    assertThat(failed("cost 0.5 of 10\n", "loss 0.5 of 10")).isTrue();
  }

  private static boolean failed(String printed, String shown) {
    try {
      requireLike("here", printed, shown);
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }
}
