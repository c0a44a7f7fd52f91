package io.github.trimaran.examples.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where results go. Made before the work starts, so that a place that cannot be written to is found
 * at once; removed again if the work fails and nothing was in it.
 */
public final class OutputFolder implements AutoCloseable {

  private final Path path;
  private final boolean made;

  private OutputFolder(Path path, boolean made) {
    this.path = path;
    this.made = made;
  }

  /**
   * Makes the folder.
   *
   * @throws InputException if it cannot be made or written to
   */
  public static OutputFolder open(Path path) {
    boolean made = !Files.exists(path);
    try {
      Files.createDirectories(path);
      Files.delete(Files.createTempFile(path, "probe", null));
    } catch (IOException e) {
      throw new InputException(
          "cannot write to "
              + path
              + " ("
              + e.getClass().getSimpleName()
              + "); choose another with --out",
          e);
    }
    return new OutputFolder(path, made);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Removes the folder if this made it and it is still empty. */
  @Override
  public void close() throws IOException {
    if (made) {
      try (var files = Files.list(path)) {
        if (files.findAny().isPresent()) {
          return;
        }
      }
      Files.delete(path);
    }
  }
}
