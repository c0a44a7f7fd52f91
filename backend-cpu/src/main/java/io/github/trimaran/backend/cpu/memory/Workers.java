package io.github.trimaran.backend.cpu.memory;

import io.github.trimaran.backend.BackgroundThreads;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * A fixed set of daemon threads that share the work of one operation, until they are closed.
 *
 * <p>Work is a number of independent tasks. The calling thread takes part, so an operation never
 * waits for a free worker: several user threads, and tasks that themselves hand out work, are safe.
 * What a task computes must not depend on who runs it; then results do not depend on the number of
 * threads.
 */
public final class Workers implements AutoCloseable {

  /** Elements of a cheap operation below which handing out work costs more than it gains. */
  public static final int CHUNK = 1 << 15;

  /** How long who waits looks again and again: between most operations it is no longer. */
  private static final long SPIN_NANOS = 20_000;

  /**
   * How long it looks in all before it sleeps; waking it takes some tenths of this. After the first
   * part it lets whoever else has work go first, so that it takes no processor time from others.
   */
  private static final long AWAKE_NANOS = 500_000;

  private final int threads;
  private final ArrayDeque<Job> queue = new ArrayDeque<>();
  private volatile int queued;
  private volatile boolean closed;

  /** That many threads in all, the caller's included. */
  public Workers(int threads) {
    this.threads = threads;
    for (int i = 1; i < threads; i++) {
      int place = i;
      BackgroundThreads.make("trimaran-cpu-" + i, () -> work(place)).start();
    }
  }

  /** The number of threads, the caller included. */
  public int threads() {
    return threads;
  }

  /** Ends the threads; nobody may be waiting for them. */
  @Override
  public void close() {
    closed = true;
    synchronized (queue) {
      queue.notifyAll();
    }
  }

  /** Part of a range. */
  @FunctionalInterface
  public interface Range {
    /** Does elements {@code from} to {@code to - 1}. */
    void run(int from, int to);
  }

  /** Cuts {@code 0 .. size - 1} into pieces of {@link #CHUNK} elements. */
  public void ranges(int size, Range task) {
    ranges(size, CHUNK, task);
  }

  /**
   * Cuts {@code 0 .. size - 1} into pieces of {@code chunk} elements, whatever the number of
   * threads.
   */
  public void ranges(int size, int chunk, Range task) {
    int pieces = (int) (((long) size + chunk - 1) / chunk);
    forEach(pieces, piece -> task.run(piece * chunk, (int) Math.min((piece + 1L) * chunk, size)));
  }

  /** Runs {@code task} for 0 to {@code count - 1}, in any order, and returns when all are done. */
  public void forEach(int count, IntConsumer task) {
    if (threads == 1 || count <= 1) {
      for (int i = 0; i < count; i++) {
        task.accept(i);
      }
      return;
    }
    Job job = new Job(count, threads, task);
    synchronized (queue) {
      queue.add(job);
      queued++;
      queue.notifyAll();
    }
    job.help(0);
    remove(job);
    job.await();
  }

  private void remove(Job job) {
    synchronized (queue) {
      if (queue.remove(job)) {
        queued--;
      }
    }
  }

  private void work(int place) {
    for (Job job = next(); job != null; job = next()) {
      job.help(place);
      remove(job);
    }
  }

  /** Passes a moment of waiting; false when it is time to sleep. */
  @SuppressWarnings("ThreadPriorityCheck") // Nothing but the time depends on what yield does.
  private static boolean stayAwake(long start) {
    long waited = System.nanoTime() - start;
    if (waited < SPIN_NANOS) {
      Thread.onSpinWait();
    } else if (waited < AWAKE_NANOS) {
      Thread.yield();
    } else {
      return false;
    }
    return true;
  }

  /** Work to take part in; null if there will be none. */
  private Job next() {
    long start = System.nanoTime();
    boolean awake = true;
    while (queued == 0 && !closed && awake) {
      awake = stayAwake(start);
    }
    synchronized (queue) {
      while (queue.isEmpty() && !closed) {
        try {
          queue.wait();
        } catch (InterruptedException e) {
          // A daemon of the library: nobody has a reason to stop it, and work may still come.
        }
      }
      return queue.peek();
    }
  }

  /**
   * Tasks in as many shares as there are threads, one after the other. Each thread begins with its
   * own, the caller with the first: what it wrote in the operation before is then still in its own
   * cache. Who has done with his takes from the others'.
   */
  private static final class Job {
    /** Counters this far apart are not in one line of a cache. */
    private static final int APART = 16;

    private final int count;
    private final int shares;
    private final IntConsumer task;
    private final AtomicIntegerArray next;
    private final AtomicInteger left;
    private final Thread caller = Thread.currentThread();
    private volatile Throwable failure;

    Job(int count, int threads, IntConsumer task) {
      this.count = count;
      this.shares = Math.min(count, threads);
      this.task = task;
      this.left = new AtomicInteger(count);
      this.next = new AtomicIntegerArray(shares * APART);
      for (int share = 0; share < shares; share++) {
        next.setPlain(share * APART, start(share));
      }
    }

    private int start(int share) {
      return (int) ((long) count * share / shares);
    }

    /** Takes tasks until there are none to take. */
    void help(int place) {
      for (int i = 0; i < shares; i++) {
        int share = (place + i) % shares;
        int end = start(share + 1);
        for (int at = take(share); at < end; at = take(share)) {
          run(at);
        }
      }
    }

    private int take(int share) {
      return next.getAndIncrement(share * APART);
    }

    private void run(int index) {
      try {
        task.accept(index);
      } catch (Throwable t) {
        failure = t;
      }
      if (left.decrementAndGet() == 0) {
        LockSupport.unpark(caller);
      }
    }

    /** Waits for the tasks that others have taken. */
    void await() {
      long start = System.nanoTime();
      while (left.get() > 0) {
        if (!stayAwake(start)) {
          LockSupport.park(this);
        }
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      } else if (failure instanceof Error e) {
        throw e;
      }
    }
  }
}
