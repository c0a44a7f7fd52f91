package io.github.trimaran.site;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/** The javadoc of what users see: {@code core}, {@code vision} and {@code onnx}. */
final class ApiDocs {

  private static final List<String> MODULES = List.of("core", "vision", "onnx");

  private ApiDocs() {}

  static void write(Path repository, Path target) throws IOException {
    ToolProvider javadoc =
        ToolProvider.findFirst("javadoc")
            .orElseThrow(() -> new IOException("site: this JDK has no javadoc"));
    String sources =
        MODULES.stream()
            .map(module -> repository.resolve(module).resolve("src/main/java").toString())
            .collect(Collectors.joining(File.pathSeparator));
    Path dark = Files.createTempFile("api", ".css");
    Files.writeString(dark, Site.resource("api.css"));
    StringWriter said = new StringWriter();
    PrintWriter to = new PrintWriter(said);
    int failures =
        javadoc.run(
            to,
            to,
            "-quiet",
            "-notimestamp",
            "-Xdoclint:none",
            "-d",
            target.toString(),
            "-sourcepath",
            sources,
            "-subpackages",
            "io.github.trimaran",
            "-classpath",
            classPath(),
            "-overview",
            repository.resolve("core/src/main/javadoc/overview.html").toString(),
            "-doctitle",
            "Trimaran",
            "-windowtitle",
            "Trimaran",
            "-top",
            "<a href=\"{@docRoot}/../docs/guide/index.html\">The guide</a>",
            "--add-stylesheet",
            dark.toString());
    Files.delete(dark);
    if (failures != 0) {
      throw new IOException("site: javadoc failed\n" + said);
    }
  }

  /** What runs this: Maven runs programs in its own JVM, under a class loader of its own. */
  private static String classPath() {
    if (ApiDocs.class.getClassLoader() instanceof URLClassLoader loader) {
      return Arrays.stream(loader.getURLs())
          .map(url -> Path.of(URI.create(url.toString())).toString())
          .collect(Collectors.joining(File.pathSeparator));
    }
    return System.getProperty("java.class.path");
  }
}
