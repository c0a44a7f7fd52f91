package io.github.trimaran.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The code that CONTRIBUTING.md shows compiles. What a walkthrough adds to a class of ours is
 * compiled within it.
 */
class GuideExamplesTest {

  private static final Pattern CODE = Pattern.compile("```java\\n(.*?)\\n *```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("(?m)^(?:public final )?class (\\w+)");

  @TempDir Path classes;

  @Test
  void contributing() throws IOException {
    List<String> code = code("CONTRIBUTING.md");
    assertThat(code).hasSize(5);
    Map<String, String> sources = new LinkedHashMap<>();
    Path elementwise = Path.of("src/main/java/io/github/trimaran/tensor/Elementwise.java");
    sources.put(
        "io.github.trimaran.tensor.Elementwise",
        Files.readString(elementwise).replaceFirst("\\}\\s*\\z", primitive(code.get(0)) + "}\n"));
    put(sources, "io.github.trimaran.nn", code.get(1));
    sources.put(
        "io.github.trimaran.nn.Check",
        Compiler.method("io.github.trimaran.nn", "Check", code.get(2)));
    put(sources, "io.github.trimaran.optim", code.get(3));
    put(sources, "io.github.trimaran.conformance", code.get(4));
    check(sources);
  }

  /** Another primitive stands in for the new one, which no backend has. */
  private static String primitive(String code) {
    return Matcher.quoteReplacement(
        code.replace("Backend::cosh", "Backend::tanh").replace("a.sinh()", "a.tanh()"));
  }

  private static List<String> code(String name) throws IOException {
    return CODE.matcher(Files.readString(Path.of("..", name)))
        .results()
        .map(block -> block.group(1).stripIndent())
        .toList();
  }

  private static void put(Map<String, String> sources, String owner, String code) {
    Matcher name = CLASS.matcher(code);
    assertThat(name.find()).isTrue();
    sources.put(owner + "." + name.group(1), Compiler.file(owner, code));
  }

  private void check(Map<String, String> sources) throws IOException {
    assertThat(Compiler.errors(sources, classes))
        .allSatisfy((name, found) -> assertThat(found).isEmpty());
  }
}
