package io.github.trimaran.collective;

import io.github.trimaran.backend.BackgroundThreads;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One end of a way over a socket: each message behind its length. A thread sends, so that two
 * workers that send to each other at once do not wait for each other. With a key, messages are
 * sealed by AES-GCM, the number of a message being its nonce: none can be read, changed, left out
 * or repeated.
 */
final class SocketLink implements Link {

  private static final int WAITING = 64;
  private static final int TAG = 16;
  private static final int IV = 12;
  private static final long GOODBYE_SECONDS = 5;
  private static final byte[] END = {};

  private final Socket socket;
  private final SecretKeySpec key;
  private final Duration patience;
  private final DataInputStream in;
  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Thread sender;
  private volatile IOException broken;
  private volatile boolean closed;
  private long received;

  /**
   * Over a connected socket, which belongs to it.
   *
   * @param key null for what is not encrypted
   * @param patience how long to wait for a message
   */
  SocketLink(Socket socket, SecretKeySpec key, Duration patience) throws IOException {
    this.socket = socket;
    this.key = key;
    this.patience = patience;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, patience.toMillis()));
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    sender = BackgroundThreads.make("trimaran-ring", this::sendAll);
    sender.start();
  }

  @Override
  public void send(byte[] message) throws IOException {
    try {
      while (!waiting.offer(message, 1, TimeUnit.SECONDS)) {
        requireOpen();
      }
      requireOpen();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  private void requireOpen() throws IOException {
    if (broken != null) {
      throw new IOException("the other worker has left (" + broken.getMessage() + ")", broken);
    }
    if (closed) {
      throw new IOException("closed");
    }
  }

  private void sendAll() {
    try {
      DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
      long sent = 0;
      for (byte[] next = waiting.take(); next != END; next = waiting.take()) {
        byte[] message = key == null ? next : sealed(Cipher.ENCRYPT_MODE, sent++, next);
        out.writeInt(message.length);
        out.write(message);
        if (waiting.isEmpty()) {
          out.flush();
        }
      }
      out.flush();
      socket.shutdownOutput();
    } catch (IOException e) {
      broken = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public byte[] receive(int most) throws IOException {
    int length;
    try {
      length = in.readInt();
      if (length < 0 || length > (long) most + (key == null ? 0 : TAG)) {
        throw new IOException("a message of " + length + " bytes, at most " + most + " fit");
      }
      if (key != null && length < TAG) {
        throw new IOException("a message that was changed on the way");
      }
      byte[] message = in.readNBytes(length);
      if (message.length < length) {
        throw new EOFException();
      }
      return key == null ? message : sealed(Cipher.DECRYPT_MODE, received++, message);
    } catch (SocketTimeoutException e) {
      throw new IOException("nothing was heard for " + patience.toSeconds() + " s", e);
    } catch (EOFException e) {
      throw new IOException("the other worker has left", e);
    }
  }

  private byte[] sealed(int mode, long number, byte[] message) throws IOException {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      byte[] iv = ByteBuffer.allocate(IV).putLong(number).array();
      cipher.init(mode, key, new GCMParameterSpec(8 * TAG, iv));
      return cipher.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IOException("a message that was changed on the way", e);
    }
  }

  /** What was sent before still goes out, within a few seconds. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (waiting.offer(END, GOODBYE_SECONDS, TimeUnit.SECONDS)) {
        sender.join(TimeUnit.SECONDS.toMillis(GOODBYE_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sender.interrupt();
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone in any case.
    }
  }
}
