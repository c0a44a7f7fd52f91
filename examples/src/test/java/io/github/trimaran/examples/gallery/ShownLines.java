package io.github.trimaran.examples.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a test that a page of the gallery shows, and that count: 15 at most. */
final class ShownLines {

  private static final int MOST = 15;
  private static final Pattern LINES =
      Pattern.compile("// The lines that count\\.\\n(.*?) *// That is all", Pattern.DOTALL);

  private ShownLines() {}

  /** Checks that the page shows the lines of the test, and that they are not too many. */
  static void areShown(Class<?> test, String page) throws IOException {
    Path source = Path.of("src/test/java", test.getName().replace('.', '/') + ".java");
    Matcher lines = LINES.matcher(Files.readString(source));
    assertThat(lines.find()).isTrue();
    String code = lines.group(1).stripTrailing().stripIndent();
    assertThat(code.lines().count()).isLessThanOrEqualTo(MOST);
    assertThat(Files.readString(Path.of("..", "docs", "gallery", page)))
        .contains("```java\n" + code + "\n```");
  }
}
