package io.github.trimaran.examples.run;

import io.github.trimaran.io.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where results go. Made before the work starts, so that a place that cannot be written to is found
 * at once; removed again if the work fails and nothing was in it.
 */
public final class OutputFolder implements AutoCloseable {

  private final Path path;
  private final List<Path> made;

  private OutputFolder(Path path, List<Path> made) {
    this.path = path;
    this.made = made;
  }

  /**
   * Makes the folder.
   *
   * @throws InputException if it cannot be made or written to
   */
  public static OutputFolder open(Path path) {
    OutputFolder folder = new OutputFolder(path, missing(path));
    try {
      Files.createDirectories(path);
      AtomicFiles.requireWritable(path);
    } catch (IOException e) {
      throw new InputException(
          "cannot write to " + path + ": " + reason(path, e) + "; choose another with --out", e);
    }
    return folder;
  }

  /** The folders to be made, from the innermost. */
  private static List<Path> missing(Path path) {
    List<Path> missing = new ArrayList<>();
    for (Path at = path.toAbsolutePath(); at != null && !Files.exists(at); at = at.getParent()) {
      missing.add(at);
    }
    return missing;
  }

  private static String reason(Path path, IOException failure) {
    for (Path at = path.toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at)) {
        return Files.isDirectory(at)
            ? at + " is not writable (" + failure.getClass().getSimpleName() + ")"
            : at + " is a file, not a folder";
      }
    }
    return failure.getClass().getSimpleName();
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Removes the folder, and those made on the way to it, if this made them and they are empty. */
  @Override
  public void close() throws IOException {
    for (Path folder : made) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
  }
}
