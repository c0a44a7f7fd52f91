package io.github.trimaran.data.download;

import io.github.trimaran.data.DataException;
import io.github.trimaran.io.files.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A file that is published for everybody and never changes.
 *
 * <pre>{@code
 * PublishedFile words =
 *     PublishedFile.of("words.txt", 12_345, sha256, "https://one.example/", "https://two.example/");
 * }</pre>
 *
 * @param name its name on the disk
 * @param bytes its size
 * @param sha256 its digest, 64 hexadecimal digits
 * @param mirrors where it is to be had, the first to try first
 */
public record PublishedFile(String name, long bytes, String sha256, List<URI> mirrors) {

  private static final String ADVICE = "; delete it or get it again";

  /** Keeps a copy of the mirrors. */
  public PublishedFile {
    mirrors = List.copyOf(mirrors);
    sha256 = sha256.toLowerCase(Locale.ROOT);
    if (bytes < 1 || sha256.length() != 64 || mirrors.isEmpty()) {
      throw new IllegalArgumentException(
          "published file " + name + ": needs a size, a SHA-256 and a mirror");
    }
  }

  /**
   * Requires that a file somebody brought is this one.
   *
   * @throws DataException if its size or digest is another
   */
  public void requireIs(Path file) throws IOException {
    long size = Files.size(file);
    if (size != bytes) {
      throw new DataException(
          file + ": has " + size + " bytes, the published " + name + " has " + bytes + ADVICE);
    }
    if (!Sha256.of(file).equals(sha256)) {
      throw new DataException(file + ": its SHA-256 is not that of the published file" + ADVICE);
    }
  }

  /** Whether it is in that place, whole and right. */
  boolean isAt(Path file) throws IOException {
    return Files.isRegularFile(file) && Files.size(file) == bytes && Sha256.of(file).equals(sha256);
  }

  /** A file that has the same name on each mirror; a base ends in a slash. */
  public static PublishedFile of(String name, long bytes, String sha256, String... bases) {
    return new PublishedFile(
        name, bytes, sha256, List.of(bases).stream().map(base -> URI.create(base + name)).toList());
  }
}
