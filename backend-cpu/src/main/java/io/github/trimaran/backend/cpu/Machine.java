package io.github.trimaran.backend.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this machine calls itself. */
final class Machine {

  private Machine() {}

  /** For people: {@code "AMD EPYC, 2 cores"}. */
  static String description() {
    int cores = Runtime.getRuntime().availableProcessors();
    return processor() + ", " + cores + (cores == 1 ? " core" : " cores");
  }

  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try (Stream<String> lines = Files.lines(info)) {
        return lines
            .filter(line -> line.startsWith("model name") && line.contains(":"))
            .map(line -> line.substring(line.indexOf(':') + 1).trim())
            .findFirst()
            .orElse(architecture());
      } catch (IOException e) {
        return architecture();
      }
    }
    return architecture();
  }

  private static String architecture() {
    return System.getProperty("os.arch", "unknown processor");
  }
}
