package io.github.trimaran.data.catalog;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where real data lies and is downloaded to: {@code mnist/}, {@code cifar-10-batches-bin/} and
 * others below it.
 *
 * <pre>{@code
 * DataFolder folder = DataFolder.of(null);    // from TRIMARAN_DATA, else the user's cache
 * }</pre>
 *
 * @param root the folder
 */
public record DataFolder(Path root) {

  /** The environment variable that names it. */
  public static final String VARIABLE = "TRIMARAN_DATA";

  /**
   * The folder given, else the one that {@code TRIMARAN_DATA} names, else {@code trimaran} in the
   * user's cache folder.
   *
   * @param given what the user asked for, or null
   */
  public static DataFolder of(Path given) {
    return of(
        given, System.getenv(), System.getProperty("user.home"), System.getProperty("os.name"));
  }

  static DataFolder of(Path given, Map<String, String> environment, String home, String system) {
    if (given != null) {
      return new DataFolder(given);
    }
    String named = environment.get(VARIABLE);
    if (named != null && !named.isBlank()) {
      return new DataFolder(Path.of(named));
    }
    return new DataFolder(cache(environment, Path.of(home), system).resolve("trimaran"));
  }

  private static Path cache(Map<String, String> environment, Path home, String system) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      String local = environment.get("LOCALAPPDATA");
      return local == null ? home.resolve("AppData").resolve("Local") : Path.of(local);
    }
    if (name.startsWith("mac")) {
      return home.resolve("Library").resolve("Caches");
    }
    // The base directory specification of freedesktop.org.
    String given = environment.get("XDG_CACHE_HOME");
    return given == null || !Path.of(given).isAbsolute() ? home.resolve(".cache") : Path.of(given);
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
