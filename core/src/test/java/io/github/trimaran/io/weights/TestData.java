package io.github.trimaran.io.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Real data for tests, which are skipped where it is absent. */
public final class TestData {

  private TestData() {}

  /**
   * A file or folder of the data folder: {@code TRIMARAN_DATA}, else {@code shared/data} beside the
   * repository or one of the folders above it.
   */
  public static Optional<Path> find(String name) {
    String folder = System.getenv("TRIMARAN_DATA");
    if (folder != null) {
      return Optional.of(Path.of(folder, name)).filter(Files::exists);
    }
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path file = up.resolve("shared/data").resolve(name);
      if (Files.exists(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
