package io.github.trimaran.io.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 digests as 64 lower-case hexadecimal digits, by which downloaded and published files are
 * known.
 *
 * <pre>{@code
 * String digest = Sha256.of(Path.of("model.safetensors"));
 * }</pre>
 */
public final class Sha256 {

  private Sha256() {}

  /** The digest of these bytes. */
  public static String of(byte[] bytes) {
    return hex(digest().digest(bytes));
  }

  /** The digest of a file's content. */
  public static String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  /** The digest of what is left in a stream. */
  public static String of(InputStream in) throws IOException {
    MessageDigest digest = digest();
    byte[] chunk = new byte[1 << 16];
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      digest.update(chunk, 0, n);
    }
    return hex(digest.digest());
  }

  /** A digest to be fed piece by piece, as during a download; see {@link #hex}. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** A digest in the form this class gives. */
  public static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }
}
