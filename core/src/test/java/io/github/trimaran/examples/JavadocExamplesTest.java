package io.github.trimaran.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The javadoc of every public class of {@code core} opens with an example, which is in its first
 * paragraph; and every example of a class's javadoc compiles, with what {@link Surroundings} gives
 * it. A line of three dots stands for what is left out. Exceptions need no example, nor does what
 * only the author of a backend touches.
 */
class JavadocExamplesTest {

  private static final Path ROOT = Path.of("src/main/java/io/github/trimaran");

  private static final Pattern TYPE =
      Pattern.compile(
          "^public [a-z ]*(class|interface|record|enum|@interface) ", Pattern.MULTILINE);
  private static final Pattern CODE =
      Pattern.compile("<pre>\\{@code\\n(.*?)\\n\\}</pre>", Pattern.DOTALL);

  @TempDir static Path classes;

  /** What the compiler says of the examples, by {@link #nameOf} their class. */
  private static Map<String, List<String>> errors;

  @BeforeAll
  static void compile() throws IOException {
    Map<String, String> programs = new LinkedHashMap<>();
    for (Path file : sources()) {
      Matcher code = CODE.matcher(comment(file));
      for (int i = 0; code.find(); i++) {
        String name = nameOf(file, i);
        int dot = name.lastIndexOf('.');
        programs.put(
            name, Compiler.method(name.substring(0, dot), name.substring(dot + 1), code.group(1)));
      }
    }
    errors = Compiler.errors(programs, classes);
  }

  static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java") && TYPE.matcher(text(file)).find())
          .sorted()
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How the class is called that holds a file's example of that number. */
  private static String nameOf(Path file, int number) {
    String path = ROOT.relativize(file).toString().replace(".java", "");
    return "io.github.trimaran." + path.replace('/', '.') + "Example" + number;
  }

  /** The javadoc of a file's public type, without the stars. */
  private static String comment(Path file) {
    String source = text(file);
    Matcher type = TYPE.matcher(source);
    assertThat(type.find()).isTrue();
    int start = source.lastIndexOf("/**", type.start());
    int end = source.indexOf("*/", start);
    return source
        .substring(start + 3, end)
        .lines()
        .map(line -> line.replaceFirst("^ \\* ?", ""))
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @MethodSource("sources")
  void opensWithAnExampleThatCompiles(Path file) {
    String comment = comment(file);
    Matcher code = CODE.matcher(comment);
    if (!needsNone(file)) {
      assertThat(code.find()).as("an example in the javadoc of " + file).isTrue();
      assertThat(comment.substring(0, code.start())).as("what opens it").doesNotContain("<p>");
    }
    for (int i = 0; errors.containsKey(nameOf(file, i)); i++) {
      assertThat(errors.get(nameOf(file, i))).isEmpty();
    }
  }

  private static boolean needsNone(Path file) {
    return file.toString().endsWith("Exception.java") || file.startsWith(ROOT.resolve("backend"));
  }
}
