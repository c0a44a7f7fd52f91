package io.github.trimaran.data;

import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * The batches of one epoch of a {@link DataLoader}, some of them made ahead.
 *
 * <p>Whoever makes a batch first draws its samples, under a lock and thus one batch after the
 * other; all the rest of the work depends on these samples and their places alone. So the batches
 * do not depend on who makes them, nor on how many do.
 */
final class LoaderEpoch implements Iterator<Shard>, AutoCloseable {

  private final DataLoader loader;
  private final int epoch;
  private final Draw draw;
  private final Executor executor;
  private final int ahead;
  private final Shard.Of worker;
  private final Rng sampleRng;
  private final Rng batchRng;
  private final long size;

  /** Promised batches that nobody draws yet. Guarded by {@link #draw}, as are the next two. */
  private final Queue<CompletableFuture<Shard>> undrawn = new ArrayDeque<>();

  private long position;
  private boolean closed;

  /** Promised batches that were not handed out; these two belong to the caller. */
  private final Queue<CompletableFuture<Shard>> promised = new ArrayDeque<>();

  private int left;

  LoaderEpoch(
      DataLoader loader,
      int epoch,
      int first,
      Shard.Of worker,
      Draw draw,
      Executor executor,
      int ahead) {
    this.loader = loader;
    this.worker = worker;
    this.epoch = epoch;
    this.draw = draw;
    this.executor = executor;
    this.ahead = ahead;
    this.sampleRng = loader.rng().fork("augment").fork(epoch);
    this.batchRng = loader.rng().fork("mix").fork(epoch);
    this.size = loader.samplesPerEpoch();
    this.position = (long) first * loader.batchSize();
    this.left = loader.perEpoch() - first;
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public Shard next() {
    if (!hasNext()) {
      throw new NoSuchElementException("batches: epoch " + epoch + " is over");
    }
    while (promised.size() < Math.min(ahead, left)) {
      promise();
    }
    try {
      Shard batch = promised.remove().join();
      left--;
      if (left == 0) {
        close();
      }
      return batch;
    } catch (CompletionException e) {
      left = 0;
      close();
      throw unwrapped(e.getCause());
    }
  }

  /** The caller gets what was thrown; the way there stays in its stack. */
  private static RuntimeException unwrapped(Throwable thrown) {
    if (thrown instanceof IOException e) {
      return new UncheckedIOException(e.getMessage(), e);
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    return (RuntimeException) thrown;
  }

  private void promise() {
    CompletableFuture<Shard> batch = new CompletableFuture<>();
    promised.add(batch);
    synchronized (draw) {
      if (closed) {
        throw closedEarly();
      }
      undrawn.add(batch);
    }
    executor.execute(this::fulfil);
  }

  /** Makes the next batch that nobody draws yet. */
  private void fulfil() {
    CompletableFuture<Shard> batch;
    List<Draw.Pending> drawn = new ArrayList<>();
    long first;
    synchronized (draw) {
      batch = undrawn.poll();
      if (batch == null) {
        return; // closed
      }
      first = position;
      try {
        position = Math.min(size, first + loader.batchSize());
        for (long i = first; i < position; i++) {
          drawn.add(draw.next());
        }
      } catch (Throwable e) {
        batch.completeExceptionally(e);
        return;
      }
    }
    try {
      batch.complete(make(drawn, first));
    } catch (Throwable e) {
      // Whatever it is, it belongs to the caller: nobody would see it here.
      batch.completeExceptionally(e);
    }
  }

  /** Where samples do not depend on one another, a worker makes its own only. */
  private Shard make(List<Draw.Pending> drawn, long first) throws IOException {
    if (!loader.makesSamplesApart()) {
      return worker.of(
          loader
              .batchTransform()
              .apply(
                  loader.collate().batch(samples(drawn, first, 0, drawn.size())),
                  batchRng.fork(first)));
    }
    int[] bounds = worker.bounds(drawn.size());
    int own = bounds[1] - bounds[0];
    List<Sample> samples = samples(drawn, first, bounds[0], Math.max(bounds[1], bounds[0] + 1));
    return new Shard(loader.collate().batch(samples), own);
  }

  private List<Sample> samples(List<Draw.Pending> drawn, long first, int from, int to)
      throws IOException {
    List<Sample> samples = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      Draw.Pending pending = drawn.get(i);
      var place = new SampleTransform.Place(epoch, pending.index(), sampleRng.fork(first + i));
      samples.add(loader.transform().apply(pending.get(), place));
    }
    return samples;
  }

  /** Gives back what is open; batches that are being made are dropped. */
  @Override
  public void close() {
    synchronized (draw) {
      if (closed) {
        return;
      }
      closed = true;
      undrawn.forEach(batch -> batch.completeExceptionally(closedEarly()));
      undrawn.clear();
      try {
        draw.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }

  private static IllegalStateException closedEarly() {
    return new IllegalStateException("batches: the loader was closed before its epoch was over");
  }
}
