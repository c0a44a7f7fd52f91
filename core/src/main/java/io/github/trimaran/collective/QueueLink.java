package io.github.trimaran.collective;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;

/** A way between two threads. */
final class QueueLink implements Link {

  private final Queue<byte[]> messages = new ArrayDeque<>();
  private boolean closed;

  @Override
  public synchronized void send(byte[] message) throws IOException {
    if (closed) {
      throw new IOException("the other worker has left");
    }
    messages.add(message);
    notifyAll();
  }

  /** What was sent before it was closed still arrives. */
  @Override
  public synchronized byte[] receive(int most) throws IOException {
    try {
      while (messages.isEmpty()) {
        if (closed) {
          throw new IOException("the other worker has left");
        }
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
    byte[] message = messages.remove();
    if (message.length > most) {
      throw new IOException("a message of " + message.length + " bytes, at most " + most + " fit");
    }
    return message;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
