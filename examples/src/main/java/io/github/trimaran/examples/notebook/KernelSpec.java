package io.github.trimaran.examples.notebook;

import io.github.trimaran.io.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The file that tells Jupyter of a kernel.
 *
 * <pre>{@code
 * KernelSpec.write(KernelSpec.folder(), List.of("java", "-jar", "kernel.jar", "{connection_file}"));
 * }</pre>
 */
public final class KernelSpec {

  private KernelSpec() {}

  /** Where Jupyter looks for what a user has added. */
  public static Path folder() {
    return folder(
        System.getenv(), Path.of(System.getProperty("user.home")), System.getProperty("os.name"));
  }

  static Path folder(Map<String, String> environment, Path home, String system) {
    String given = environment.get("JUPYTER_DATA_DIR");
    if (given != null && !given.isBlank()) {
      return Path.of(given);
    }
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      String roaming = environment.get("APPDATA");
      Path data = roaming == null ? home.resolve("AppData").resolve("Roaming") : Path.of(roaming);
      return data.resolve("jupyter");
    }
    if (name.startsWith("mac")) {
      return home.resolve("Library").resolve("Jupyter");
    }
    String data = environment.get("XDG_DATA_HOME");
    boolean set = data != null && !data.isBlank();
    return (set ? Path.of(data) : home.resolve(".local").resolve("share")).resolve("jupyter");
  }

  /**
   * Writes the file, in place of an older one.
   *
   * @param folder Jupyter's folder of data
   * @param command that starts the kernel
   * @return the file
   */
  public static Path write(Path folder, List<String> command) throws IOException {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("argv", command);
    spec.put("display_name", "Trimaran (Java)");
    spec.put("language", "java");
    spec.put("interrupt_mode", "message");
    Path file = folder.resolve("kernels").resolve("trimaran").resolve("kernel.json");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, Json.writePretty(spec));
  }
}
