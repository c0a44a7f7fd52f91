package io.github.trimaran.backend.djl;

import io.github.trimaran.backend.BackgroundThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Splits loops over a fixed number of threads, the caller's among them. */
final class Workers implements AutoCloseable {

  private static final int SMALLEST_SHARE = 1 << 15;

  /** A loop over {@code from} to {@code to}, exclusive. */
  interface Range {
    void run(int from, int to);
  }

  private final int threads;
  private final ExecutorService others;

  Workers(int threads) {
    this.threads = threads;
    this.others =
        Executors.newFixedThreadPool(
            Math.max(threads - 1, 1), task -> BackgroundThreads.make("trimaran-djl-worker", task));
  }

  /** Ends the threads; nobody may be waiting for them. */
  @Override
  public void close() {
    others.shutdown();
  }

  /** Runs the loop over 0 to {@code size} in shares, on this thread alone if it is short. */
  void forRange(int size, Range loop) {
    int shares = Math.max(1, Math.min(threads, size / SMALLEST_SHARE));
    int share = (size + shares - 1) / shares;
    List<Future<?>> running = new ArrayList<>(shares - 1);
    for (int i = 1; i < shares; i++) {
      int from = i * share;
      running.add(others.submit(() -> loop.run(from, Math.min(from + share, size))));
    }
    loop.run(0, Math.min(share, size));
    running.forEach(Workers::join);
  }

  private static void join(Future<?> running) {
    boolean interrupted = false;
    while (true) {
      try {
        running.get();
        break;
      } catch (InterruptedException e) {
        // The share still writes to memory that the caller owns: wait for it, then pass this on.
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException("djl: a share of a loop failed", e.getCause());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
