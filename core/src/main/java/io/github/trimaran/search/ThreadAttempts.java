package io.github.trimaran.search;

import io.github.trimaran.backend.BackgroundThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Trials by so many threads at once. */
record ThreadAttempts(int jobs) implements Attempts {

  @Override
  public void make(Objective objective, Halving.Rung rung, List<Attempt> open, Done done)
      throws IOException {
    BlockingQueue<Integer> workers = new ArrayBlockingQueue<>(jobs);
    for (int worker = 0; worker < jobs; worker++) {
      workers.add(worker);
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(jobs, work -> BackgroundThreads.make("trimaran-search", work));
    try {
      List<Future<?>> running = new ArrayList<>();
      for (Attempt attempt : open) {
        running.add(
            pool.submit(
                () -> {
                  attempt(objective, rung, attempt, workers, done);
                  return null;
                }));
      }
      for (Future<?> trial : running) {
        trial.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("search: interrupted").initCause(e);
    } catch (ExecutionException e) {
      throw asCause(e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static void attempt(
      Objective objective,
      Halving.Rung rung,
      Attempt attempt,
      BlockingQueue<Integer> workers,
      Done done)
      throws IOException, InterruptedException {
    int worker = workers.take();
    try {
      long start = System.nanoTime();
      Objective.Score score = objective.evaluate(attempt.values(), rung.budget(), worker);
      double seconds = (System.nanoTime() - start) * 1e-9;
      synchronized (workers) {
        done.accept(attempt, score, seconds);
      }
    } finally {
      workers.add(worker);
    }
  }

  /** What was thrown in another thread, to be thrown in this one. */
  private static IOException asCause(ExecutionException e) throws IOException {
    Throwable cause = e.getCause();
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException failed ? failed : new IOException(cause);
  }
}
