package io.github.trimaran.cluster;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * What executors are sent: the class path without Spark, which they have. Spark takes jars only, so
 * folders of classes become some.
 */
final class SentJars {

  /** What the launcher put on the class path because of Spark, and executors have. */
  private static final String SPARK = "trimaran.spark.classpath";

  private SentJars() {}

  static List<String> ofClassPath() throws IOException {
    List<String> spark = List.of(System.getProperty(SPARK, "").split(File.pathSeparator, -1));
    List<String> jars = new ArrayList<>();
    Path folder = null;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry).toAbsolutePath();
      if (spark.contains(entry) || !Files.exists(path)) {
        continue;
      }
      if (Files.isDirectory(path)) {
        if (folder == null) {
          folder = Files.createTempDirectory("trimaran-jars");
          folder.toFile().deleteOnExit();
        }
        path = packed(path, folder.resolve(jars.size() + ".jar"));
      }
      jars.add(path.toUri().toString());
    }
    return jars;
  }

  /** A jar of a folder's files, which goes with this process. */
  static Path packed(Path folder, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(
            new ZipEntry(folder.relativize(path).toString().replace(File.separatorChar, '/')));
        Files.copy(path, out);
        out.closeEntry();
      }
    }
    jar.toFile().deleteOnExit();
    return jar;
  }
}
