package io.github.trimaran.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** What the Java compiler says of texts, against the classes that the tests run with. */
final class Compiler {

  private Compiler() {}

  /** All packages of {@code core}, so that an example can leave out imports. */
  private static final String IMPORTS = imports();

  private static String imports() {
    Path root = Path.of("src/main/java");
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.endsWith("package-info.java"))
          .map(file -> root.relativize(file.getParent()).toString().replace('/', '.'))
          .sorted()
          .map(name -> "import " + name + ".*;\n")
          .collect(Collectors.joining("", "import java.nio.file.*;\nimport java.util.*;\n", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A source file in memory. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /**
   * The errors in each class, all compiled together: that is quick.
   *
   * @param classes a whole source file by the name of its class
   * @param output a folder for what is compiled
   */
  static Map<String, List<String>> errors(Map<String, String> classes, Path output)
      throws IOException {
    Map<JavaFileObject, String> sources = new LinkedHashMap<>();
    Map<String, List<String>> errors = new LinkedHashMap<>();
    classes.forEach(
        (name, text) -> {
          sources.put(new Source(name, text), name);
          errors.put(name, new ArrayList<>());
        });
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    // One error in the syntax must not keep the compiler from looking at the other classes.
    List<String> options =
        List.of(
            "-proc:none",
            "-Xmaxerrs",
            "1000",
            "-XDshould-stop.ifError=FLOW",
            "-d",
            output.toString(),
            "-cp",
            System.getProperty("java.class.path"));
    ToolProvider.getSystemJavaCompiler()
        .getTask(null, null, found, options, null, sources.keySet())
        .call();
    for (Diagnostic<? extends JavaFileObject> one : found.getDiagnostics()) {
      if (one.getKind() == Diagnostic.Kind.ERROR) {
        String text = one.getSource().getCharContent(true).toString();
        String line = text.lines().toList().get((int) one.getLineNumber() - 1);
        errors
            .get(sources.get(one.getSource()))
            .add(one.getMessage(Locale.ROOT) + "\n" + line.strip());
      }
    }
    return errors;
  }

  /** An example as the body of a method that has what {@link Surroundings} gives it. */
  static String method(String owner, String name, String example) {
    String body =
        example
            .lines()
            .filter(line -> !line.strip().equals("..."))
            .collect(Collectors.joining("\n", "", "\n"));
    boolean returns = body.lines().anyMatch(line -> line.startsWith("return "));
    return file(
        owner,
        "abstract class %s extends io.github.trimaran.examples.Surroundings {%n".formatted(name)
            + (returns ? "Object" : "void")
            + " example() throws Exception {\n"
            + body
            + "}\n}\n");
  }

  /** A class or members of one, with a package and imports. */
  static String file(String owner, String text) {
    return "package " + owner + ";\n" + IMPORTS + text;
  }
}
