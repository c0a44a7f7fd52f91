package io.github.trimaran.io.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The first bytes of a file, by which its format is known.
 *
 * <pre>{@code
 * boolean zip = fileHead.startsWith('P', 'K', 3, 4);
 * }</pre>
 *
 * @param file the file
 * @param bytes at most 512 bytes, fewer when the file is shorter
 * @param size bytes of the whole file
 */
public record FileHead(Path file, byte[] bytes, long size) {

  private static final int LENGTH = 512;

  static FileHead of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new FileHead(file, in.readNBytes(LENGTH), Files.size(file));
    }
  }

  /** Whether the file begins with these bytes, each from 0 to 255. */
  public boolean startsWith(int... expected) {
    return hasAt(0, expected);
  }

  /** Whether these bytes, each from 0 to 255, lie at {@code offset}. */
  public boolean hasAt(int offset, int... expected) {
    if (bytes.length < offset + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((bytes[offset + i] & 0xff) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  boolean isZip() {
    return startsWith('P', 'K', 3, 4);
  }
}
