package io.github.trimaran.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every public class of these packages opens with an example, and the examples compile: as the body
 * of a method that has what {@link Surroundings} gives it. A line of three dots stands for what is
 * left out.
 */
class JavadocExamplesTest {

  private static final Path ROOT = Path.of("src/main/java/io/github/trimaran");
  private static final List<String> PACKAGES = List.of("optim");

  private static final Pattern TYPE =
      Pattern.compile(
          "^public [a-z ]*(class|interface|record|enum|@interface) ", Pattern.MULTILINE);
  private static final Pattern CODE =
      Pattern.compile("<pre>\\{@code\\n(.*?)\\n\\}</pre>", Pattern.DOTALL);

  /** All packages, so that an example can leave out imports. */
  private static final List<String> IMPORTS =
      Stream.of(
              "array",
              "autograd",
              "backend",
              "data",
              "io.json",
              "io.weights",
              "nn",
              "nn.losses",
              "optim",
              "random",
              "tensor",
              "train")
          .map(name -> "io.github.trimaran." + name)
          .toList();

  /** An example as a program. */
  private static final class Program extends SimpleJavaFileObject {
    private final String text;

    Program(Path file, String owner, String name, String example) {
      super(URI.create("string:///" + file + "/" + name + ".java"), Kind.SOURCE);
      this.text = program(owner, name, example);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  @TempDir static Path classes;

  /** What the compiler says of the examples of each file, all compiled together: that is quick. */
  private static final Map<Path, List<String>> ERRORS = new HashMap<>();

  @BeforeAll
  static void compile() throws IOException {
    Map<JavaFileObject, Path> programs = new LinkedHashMap<>();
    for (Path file : sources()) {
      ERRORS.put(file, new ArrayList<>());
      String owner = ROOT.relativize(file).getParent().toString().replace('/', '.');
      Matcher code = CODE.matcher(comment(file));
      for (int i = 0; code.find(); i++) {
        String name = file.getFileName().toString().replace(".java", "") + "Example" + i;
        programs.put(new Program(file, "io.github.trimaran." + owner, name, code.group(1)), file);
      }
    }
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    ToolProvider.getSystemJavaCompiler()
        .getTask(null, null, found, options, null, programs.keySet())
        .call();
    for (Diagnostic<? extends JavaFileObject> one : found.getDiagnostics()) {
      if (one.getKind() == Diagnostic.Kind.ERROR) {
        Path file = programs.get(one.getSource());
        assertThat(file).as(one.toString()).isNotNull();
        ERRORS.get(file).add(one.getMessage(Locale.ROOT) + "\n" + line(one));
      }
    }
  }

  private static String line(Diagnostic<? extends JavaFileObject> error) throws IOException {
    String text = error.getSource().getCharContent(true).toString();
    return text.lines().toList().get((int) error.getLineNumber() - 1);
  }

  static List<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String name : PACKAGES) {
      try (Stream<Path> files = Files.list(ROOT.resolve(name))) {
        for (Path file : files.sorted().toList()) {
          if (TYPE.matcher(Files.readString(file)).find()) {
            found.add(file);
          }
        }
      }
    }
    return found;
  }

  /** The javadoc of a file's public type, without the stars. */
  private static String comment(Path file) throws IOException {
    String source = Files.readString(file);
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
  void opensWithAnExampleThatCompiles(Path file) throws IOException {
    String comment = comment(file);
    Matcher code = CODE.matcher(comment);
    assertThat(code.find()).as("an example in the javadoc of " + file).isTrue();
    assertThat(comment.indexOf("<pre>")).as("the example comes first").isEqualTo(code.start());
    assertThat(ERRORS.get(file)).isEmpty();
  }

  private static String program(String owner, String name, String example) {
    String imports =
        Stream.concat(IMPORTS.stream(), Stream.of("java.util", "java.util.function"))
            .map(imported -> "import " + imported + ".*;\n")
            .collect(Collectors.joining());
    String body =
        example
            .lines()
            .filter(line -> !line.strip().equals("..."))
            .collect(Collectors.joining("\n", "", "\n"));
    return "package "
        + owner
        + ";\n"
        + imports
        + "abstract class "
        + name
        + " extends io.github.trimaran.examples.Surroundings {\nvoid example() throws Exception {\n"
        + body
        + "}\n}\n";
  }
}
