package io.github.trimaran.collective;

import java.io.IOException;

/**
 * A way for messages between two neighbours of a {@link Ring}: they arrive whole, once and in
 * order, or not at all.
 *
 * <pre>{@code
 * Collective worker = new Ring(rank, 2, toNext, fromPrevious);
 * }</pre>
 */
public interface Link extends AutoCloseable {

  /** Sends a message; need not wait until it has arrived. It is not to be changed afterwards. */
  void send(byte[] message) throws IOException;

  /**
   * Waits for the next message.
   *
   * @param most bytes that it may have
   * @throws IOException in one line, if it is longer, or none comes
   */
  byte[] receive(int most) throws IOException;

  /** Ends what waits at either end. */
  @Override
  void close();
}
