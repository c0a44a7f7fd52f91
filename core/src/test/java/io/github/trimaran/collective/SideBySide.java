package io.github.trimaran.collective;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs something in one thread for each worker. */
public final class SideBySide {

  private SideBySide() {}

  /** What a worker does. */
  @FunctionalInterface
  public interface Work<T> {
    /** Its part. */
    T of(Collective worker) throws Exception;
  }

  /** What all give, by rank; the first failure if one fails. */
  public static <T> List<T> run(List<Collective> workers, Work<T> work) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> each : each(workers, work)) {
      try {
        results.add(each.get());
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
    return results;
  }

  /** What all give or fail with; nobody may take longer than a minute. */
  public static <T> List<Future<T>> each(List<Collective> workers, Work<T> work)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(workers.size());
    try {
      List<Callable<T>> calls = new ArrayList<>();
      workers.forEach(worker -> calls.add(() -> work.of(worker)));
      return threads.invokeAll(calls, 1, TimeUnit.MINUTES);
    } finally {
      threads.shutdownNow();
    }
  }
}
