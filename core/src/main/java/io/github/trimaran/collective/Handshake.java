package io.github.trimaran.collective;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a worker and the next come to know that both know the secret: each proves it by what the
 * other drew at random, so nothing that was overheard is of use again.
 *
 * <pre>
 * guest -> door: who I am (magic, version, rank, size), nonce a
 * door -> guest: version, nonce b, HMAC(secret, "door", all of that)
 * guest -> door: HMAC(secret, "guest", all of that)
 * door -> guest: one byte, welcome
 * </pre>
 */
final class Handshake {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long MAGIC = 0x5472696d61726e31L;
  private static final int VERSION = 32;
  private static final int HELLO = Long.BYTES + VERSION + 2 * Integer.BYTES;

  private Handshake() {}

  /** The other side is not who it should be. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String reason) {
      super(reason);
    }
  }

  /** The worker that calls: proves itself to the next. Null or the key of the connection. */
  static SecretKeySpec asGuest(Socket socket, int rank, int size, RingSecurity security)
      throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] hello = hello(rank, size);
    byte[] a = nonce();
    out.write(hello);
    out.write(a);
    out.flush();
    byte[] version = in.readNBytes(VERSION);
    requireVersion(version);
    byte[] b = in.readNBytes(RingSecurity.NONCE);
    byte[] proof = in.readNBytes(RingSecurity.PROOF);
    if (!MessageDigest.isEqual(proof, security.proof("door", hello, a, b))) {
      throw new RefusedException(
          "worker "
              + (rank + 1) % size
              + " does not know the secret, or belongs to another run than "
              + security.run());
    }
    out.write(security.proof("guest", hello, a, b));
    out.flush();
    if (in.read() != 1) {
      throw new RefusedException("worker " + (rank + 1) % size + " refuses this one");
    }
    return security.key(hello, a, b);
  }

  /** The worker that is called by the one before it. */
  static SecretKeySpec asDoor(Socket socket, int rank, int size, RingSecurity security)
      throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] hello = in.readNBytes(HELLO);
    if (hello.length < HELLO || ByteBuffer.wrap(hello).getLong() != MAGIC) {
      throw new RefusedException("a stranger, who does not say what a worker says");
    }
    byte[] a = in.readNBytes(RingSecurity.NONCE);
    byte[] b = nonce();
    out.write(ownVersion());
    out.write(b);
    out.write(security.proof("door", hello, a, b));
    out.flush();
    requireVersion(Arrays.copyOfRange(hello, Long.BYTES, Long.BYTES + VERSION));
    byte[] proof = in.readNBytes(RingSecurity.PROOF);
    if (!MessageDigest.isEqual(proof, security.proof("guest", hello, a, b))) {
      throw new RefusedException(
          "somebody who does not know the secret, or belongs to another run than "
              + security.run());
    }
    if (!Arrays.equals(hello, hello((rank + size - 1) % size, size))) {
      throw new RefusedException("another worker than the one before");
    }
    out.write(1);
    out.flush();
    return security.key(hello, a, b);
  }

  private static byte[] hello(int rank, int size) {
    return ByteBuffer.allocate(HELLO)
        .putLong(MAGIC)
        .put(ownVersion())
        .putInt(rank)
        .putInt(size)
        .array();
  }

  private static byte[] ownVersion() {
    String version = Ring.class.getPackage().getImplementationVersion();
    byte[] text = (version == null ? "built here" : version).getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(text, VERSION);
  }

  private static void requireVersion(byte[] other) throws RefusedException {
    if (other.length == VERSION && !Arrays.equals(other, ownVersion())) {
      throw new RefusedException(
          "the workers have different versions of Trimaran, "
              + text(ownVersion())
              + " and "
              + text(other)
              + "; give all the same jar");
    }
  }

  private static String text(byte[] version) {
    return new String(version, StandardCharsets.UTF_8).replaceAll("[^ -~]", "");
  }

  static byte[] nonce() {
    byte[] nonce = new byte[RingSecurity.NONCE];
    RANDOM.nextBytes(nonce);
    return nonce;
  }
}
