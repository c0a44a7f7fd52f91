package io.github.trimaran.examples.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * Receives bodies within two limits: one for each, one for all that are there at a time. Memory is
 * taken as bytes arrive, so that an announced length costs nothing.
 */
final class Bodies {

  private static final int CHUNK = 16 << 10;

  private final int most;
  private final Semaphore chunks;

  Bodies(Limits limits) {
    most = limits.bodyBytes();
    chunks = new Semaphore(limits.allBodiesBytes() / CHUNK);
  }

  /** A body that is there, until closed. */
  final class Body implements AutoCloseable {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private int taken;

    byte[] bytes() {
      return content.toByteArray();
    }

    private void take() throws HttpProblem {
      if (!chunks.tryAcquire()) {
        throw new HttpProblem(HttpProblem.BUSY, "the server is busy; try again in a second");
      }
      taken++;
    }

    @Override
    public void close() {
      chunks.release(taken);
      taken = 0;
    }
  }

  /**
   * Reads a whole body.
   *
   * @param announced its length in the header, or null
   */
  Body read(InputStream in, String announced) throws HttpProblem, IOException {
    if (announced != null && (announced.length() > 9 || Long.parseLong(announced) > most)) {
      throw tooLarge();
    }
    Body body = new Body();
    boolean whole = false;
    try {
      byte[] chunk = new byte[CHUNK];
      for (int n = in.readNBytes(chunk, 0, CHUNK); n > 0; n = in.readNBytes(chunk, 0, CHUNK)) {
        if (body.content.size() + n > most) {
          throw tooLarge();
        }
        body.take();
        body.content.write(chunk, 0, n);
      }
      whole = true;
      return body;
    } finally {
      if (!whole) {
        body.close();
      }
    }
  }

  private HttpProblem tooLarge() {
    return new HttpProblem(
        HttpProblem.TOO_LARGE, "a body may have at most " + (most >> 20) + " MB");
  }
}
