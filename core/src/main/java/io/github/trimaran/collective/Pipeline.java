package io.github.trimaran.collective;

import io.github.trimaran.backend.BackgroundThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * A worker that goes on computing while numbers are being summed up. All calls are made by one
 * thread in the order in which they were asked for, so that they are the same everywhere.
 *
 * <pre>{@code
 * try (Pipeline pipeline = new Pipeline(worker)) {
 *   var sum = pipeline.startAllReduce(sums);
 *   // ... the rest of the backward pass ...
 *   Pipeline.await(sum);
 * }
 * }</pre>
 */
public final class Pipeline implements Collective {

  private final Collective worker;
  private final ExecutorService thread;

  /** Of this worker, which nobody else may use until this is closed, and which stays open then. */
  public Pipeline(Collective worker) {
    this.worker = worker;
    thread =
        Executors.newSingleThreadExecutor(
            task -> BackgroundThreads.make("trimaran-collective", task));
  }

  /** Begins a sum; the numbers are those of all workers when {@link #await} returns. */
  public Future<?> startAllReduce(float[] values) {
    return thread.submit(() -> worker.allReduce(values));
  }

  /** Begins a sum; the numbers are those of all workers when {@link #await} returns. */
  public Future<?> startAllReduce(double[] values) {
    return thread.submit(() -> worker.allReduce(values));
  }

  /** Waits for what was started. */
  public static void await(Future<?> started) {
    result(started);
  }

  private <T> T call(Supplier<T> action) {
    return result(thread.submit(action::get));
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(
          "collective: interrupted",
          (IOException) new InterruptedIOException("interrupted").initCause(e));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  @Override
  public int rank() {
    return worker.rank();
  }

  @Override
  public int size() {
    return worker.size();
  }

  @Override
  public void allReduce(float[] values) {
    await(startAllReduce(values));
  }

  @Override
  public void allReduce(double[] values) {
    await(startAllReduce(values));
  }

  @Override
  public byte[] broadcast(byte[] message, int root) {
    return call(() -> worker.broadcast(message, root));
  }

  @Override
  public List<byte[]> allGather(byte[] message) {
    return call(() -> worker.allGather(message));
  }

  @Override
  public void fail(String reason) {
    worker.fail(reason);
  }

  /** Ends the thread. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
