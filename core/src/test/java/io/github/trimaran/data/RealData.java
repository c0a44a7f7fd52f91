package io.github.trimaran.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where real data lies for tests; they are skipped where it is absent. */
public final class RealData {

  private RealData() {}

  /** A file or folder under TRIMARAN_DATA, else under shared/data beside the repository. */
  public static Path require(String name) {
    String given = System.getenv("TRIMARAN_DATA");
    Path found = given == null || given.isBlank() ? beside(name) : Path.of(given).resolve(name);
    assumeTrue(
        found != null && Files.exists(found),
        name + " is not there; TRIMARAN_DATA tells where it is");
    return found;
  }

  private static Path beside(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("shared/data").resolve(name))) {
      folder = folder.getParent();
    }
    return folder == null ? null : folder.resolve("shared/data").resolve(name);
  }
}
