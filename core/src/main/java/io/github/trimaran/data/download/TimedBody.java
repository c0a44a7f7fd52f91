package io.github.trimaran.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A response body as a stream that fails when nothing arrives for too long. The HTTP client's own
 * timeout ends with the headers, so a server that goes silent later would hang a download forever.
 */
final class TimedBody extends InputStream implements BodySubscriber<InputStream> {

  /** What came: buffers, or the end with or without an error. */
  private record Event(List<ByteBuffer> buffers, Throwable error, boolean end) {}

  private final Duration patience;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile Flow.Subscription subscription;
  private List<ByteBuffer> buffers = List.of();
  private boolean ended;

  TimedBody(Duration patience) {
    this.patience = patience;
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    events.add(new Event(item, null, false));
  }

  @Override
  public void onError(Throwable error) {
    events.add(new Event(List.of(), error, true));
  }

  @Override
  public void onComplete() {
    events.add(new Event(List.of(), null, true));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      for (ByteBuffer buffer : buffers) {
        if (buffer.hasRemaining()) {
          int count = Math.min(length, buffer.remaining());
          buffer.get(target, offset, count);
          return count;
        }
      }
      await();
    }
    return -1;
  }

  private void await() throws IOException {
    try {
      Event event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (event == null) {
        throw new HttpTimeoutException("nothing came for " + patience.toSeconds() + " s");
      }
      if (event.error() != null) {
        throw new IOException("the connection broke off", event.error());
      }
      buffers = event.buffers();
      ended = event.end();
      if (!ended) {
        subscription.request(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    Flow.Subscription open = subscription;
    if (open != null) {
      open.cancel();
    }
  }
}
