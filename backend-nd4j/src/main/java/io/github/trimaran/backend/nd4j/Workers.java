package io.github.trimaran.backend.nd4j;

import io.github.trimaran.backend.BackgroundThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Runs the parts of one operation on a fixed number of threads, the caller among them. How an
 * operation is divided never depends on that number, so neither do its results.
 *
 * <p>The threads are ours rather than OpenMP's: its waiting threads spin, and so take the processor
 * from whoever computes next.
 */
final class Workers implements AutoCloseable {

  /** A range of elements, from {@code start} to below {@code end}. */
  interface Range {
    void accept(int start, int end);
  }

  private final int threads;
  private final ExecutorService executor;

  Workers(int threads) {
    this.threads = threads;
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            Math.max(threads - 1, 1),
            Math.max(threads - 1, 1),
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> BackgroundThreads.make("trimaran-nd4j-" + number.incrementAndGet(), task));
    pool.allowCoreThreadTimeOut(true);
    this.executor = pool;
  }

  int threads() {
    return threads;
  }

  /** Ends the threads; nobody may be waiting for them. */
  @Override
  public void close() {
    executor.shutdown();
  }

  /**
   * Runs {@code part} for 0 to below {@code count}, in any order, and returns when all are done.
   */
  void forEach(int count, IntConsumer part) {
    int shared = Math.min(threads, count);
    if (shared <= 1) {
      for (int i = 0; i < count; i++) {
        part.accept(i);
      }
      return;
    }
    Job job = new Job(count, part);
    for (int i = 1; i < shared; i++) {
      executor.execute(job);
    }
    job.run();
    job.await();
  }

  /** Runs {@code range} over {@code size} elements in pieces of {@code grain}. */
  void ranges(int size, int grain, Range range) {
    int pieces = (int) (((long) size + grain - 1) / grain);
    forEach(
        pieces,
        i -> range.accept((int) ((long) i * grain), (int) Math.min((i + 1L) * grain, size)));
  }

  private static final class Job implements Runnable {

    private final int count;
    private final IntConsumer part;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch done;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    Job(int count, IntConsumer part) {
      this.count = count;
      this.part = part;
      this.done = new CountDownLatch(count);
    }

    @Override
    public void run() {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            part.accept(i);
          }
        } catch (Throwable e) {
          failure.compareAndSet(null, e);
        } finally {
          done.countDown();
        }
      }
    }

    /**
     * Waits for parts, not for threads: one that starts late finds nothing left and is not missed.
     */
    void await() {
      boolean interrupted = false;
      while (done.getCount() > 0) {
        try {
          done.await();
        } catch (InterruptedException e) {
          // The parts still write to native memory: it must not be released before they end.
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      Throwable thrown = failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
