package io.github.trimaran.data.download;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * A file that is published for everybody and never changes.
 *
 * @param name its name on the disk
 * @param bytes its size
 * @param sha256 its digest, 64 hexadecimal digits
 * @param mirrors where it is to be had, the first to try first
 */
public record PublishedFile(String name, long bytes, String sha256, List<URI> mirrors) {

  /** Keeps a copy of the mirrors. */
  public PublishedFile {
    mirrors = List.copyOf(mirrors);
    sha256 = sha256.toLowerCase(Locale.ROOT);
    if (bytes < 1 || sha256.length() != 64 || mirrors.isEmpty()) {
      throw new IllegalArgumentException(
          "published file " + name + ": needs a size, a SHA-256 and a mirror");
    }
  }

  /** A file that has the same name on each mirror; a base ends in a slash. */
  public static PublishedFile of(String name, long bytes, String sha256, String... bases) {
    return new PublishedFile(
        name, bytes, sha256, List.of(bases).stream().map(base -> URI.create(base + name)).toList());
  }
}
