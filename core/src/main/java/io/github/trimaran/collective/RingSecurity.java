package io.github.trimaran.collective;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How workers of a ring of sockets know one another.
 *
 * <pre>{@code
 * RingSecurity security = new RingSecurity(secret, "training 7, attempt 0", true);
 * }</pre>
 *
 * @param secret what all workers know and nobody else, at least 16 bytes
 * @param run which training, and which attempt at it: workers left over from another are refused
 * @param encrypted whether what they send is encrypted (AES-128 in GCM), and so cannot be changed
 *     on the way either
 */
public record RingSecurity(byte[] secret, String run, boolean encrypted) {

  static final int NONCE = 32;
  static final int PROOF = 32;
  private static final int SHORTEST_SECRET = 16;
  private static final int KEY = 16;

  /** Requires a secret that cannot be guessed. */
  public RingSecurity {
    secret = secret.clone();
    if (secret.length < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "collective: the secret must have at least "
              + SHORTEST_SECRET
              + " bytes, has "
              + secret.length);
    }
  }

  /** A secret that nobody can guess. */
  public static byte[] newSecret() {
    return Handshake.nonce();
  }

  @Override
  public byte[] secret() {
    return secret.clone();
  }

  /** Shows that who made it knows the secret, of this connection and in this part. */
  byte[] proof(String part, byte[]... said) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      feed(mac, part.getBytes(StandardCharsets.UTF_8));
      feed(mac, run.getBytes(StandardCharsets.UTF_8));
      feed(mac, new byte[] {(byte) (encrypted ? 1 : 0)});
      for (byte[] one : said) {
        feed(mac, one);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", e);
    }
  }

  /** With its length, so that no two lists of parts look alike. */
  private static void feed(Mac mac, byte[] bytes) {
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    mac.update(bytes);
  }

  /** The key of one connection; null if it is not encrypted. */
  SecretKeySpec key(byte[]... said) {
    return encrypted ? new SecretKeySpec(proof("key", said), 0, KEY, "AES") : null;
  }

  @Override
  public String toString() {
    return run + (encrypted ? ", encrypted" : "");
  }
}
