package io.github.trimaran.data;

import io.github.trimaran.backend.BackgroundThreads;
import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The batches of any data set, epoch by epoch.
 *
 * <pre>{@code
 * try (DataLoader loader = new DataLoader(samples, 32).shuffle(Rng.seeded(1)).workers(2)) {
 *   Trainer.builder(model, adam).build().fit(loader, 10);
 * }
 * }</pre>
 *
 * <p>Without further settings samples come in their order, stacked, the last batch with what is
 * left, made when it is asked for.
 *
 * <p>Everything random about epoch {@code e} follows from the seed and {@code e} alone, and the
 * transform of a sample, and of a batch, from its place in that epoch. So training can go on from
 * the middle of an epoch with the same batches, and {@link #workers} make them sooner, but no
 * others.
 *
 * <p>What goes wrong while a batch is made is thrown where that batch is asked for: an {@link
 * IOException} as an {@link UncheckedIOException}, everything else as it is.
 */
public final class DataLoader implements BatchSource, AutoCloseable {

  /**
   * Threads with nothing to do end by themselves, so that a loader that nobody closes costs none.
   */
  private static final long IDLE_SECONDS = 5;

  private final Samples samples;
  private final SampleStream stream;
  private final int batchSize;
  private Rng rng = Rng.seeded(0);
  private Sampler sampler = Sampler.inOrder();
  private int buffer = 1;
  private boolean dropLast;

  /** Null for {@link Collate#stack}. */
  private Collate collate;

  private SampleTransform transform = (sample, place) -> sample;

  /** Null for none. */
  private BatchTransform batchTransform;

  private int workers;
  private int ahead = 2;

  private final Set<LoaderEpoch> open =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  private ThreadPoolExecutor pool;
  private boolean closed;

  /** Batches of that many samples, in their order. */
  public DataLoader(Samples samples, int batchSize) {
    this(samples, null, batchSize);
  }

  /** Batches of that many samples of a stream, in its order. */
  public DataLoader(SampleStream stream, int batchSize) {
    this(null, stream, batchSize);
  }

  private DataLoader(Samples samples, SampleStream stream, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batches: size must be at least 1, is " + batchSize);
    }
    this.samples = samples;
    this.stream = stream;
    this.batchSize = batchSize;
  }

  private DataLoader changed(Consumer<DataLoader> change) {
    DataLoader copy = new DataLoader(samples, stream, batchSize);
    copy.rng = rng;
    copy.sampler = sampler;
    copy.buffer = buffer;
    copy.dropLast = dropLast;
    copy.collate = collate;
    copy.transform = transform;
    copy.batchTransform = batchTransform;
    copy.workers = workers;
    copy.ahead = ahead;
    change.accept(copy);
    return copy;
  }

  /**
   * The same with every epoch in another order.
   *
   * @param generator what the orders follow from; it is not advanced
   * @throws IllegalArgumentException for a stream, which needs a buffer
   */
  public DataLoader shuffle(Rng generator) {
    return sampler(Sampler.shuffled(), generator);
  }

  /**
   * The same with the stream's samples drawn from a buffer of so many: a small buffer mixes
   * neighbours only.
   *
   * @param generator what the orders follow from; it is not advanced
   * @throws IllegalArgumentException unless it is a stream
   */
  public DataLoader shuffle(Rng generator, int samplesInBuffer) {
    if (stream == null) {
      throw new IllegalArgumentException(
          "batches: a buffer is for streams; samples by number are shuffled as a whole without");
    }
    if (samplesInBuffer < 1) {
      throw new IllegalArgumentException(
          "batches: the buffer must hold at least 1 sample, is " + samplesInBuffer);
    }
    return rng(generator).changed(copy -> copy.buffer = samplesInBuffer);
  }

  /**
   * The same with each epoch's samples chosen another way: with replacement, by weights, ...
   *
   * @param generator what the choice follows from; it is not advanced
   * @throws IllegalArgumentException for a stream, whose samples come as they come
   */
  public DataLoader sampler(Sampler other, Rng generator) {
    if (stream != null) {
      throw new IllegalArgumentException(
          "batches: a stream can only be shuffled within a buffer; say how many samples it holds");
    }
    return rng(generator).changed(copy -> copy.sampler = other);
  }

  /** The same with this generator for transforms and orders; it is not advanced. */
  public DataLoader rng(Rng generator) {
    return changed(copy -> copy.rng = Rng.restore(generator.state()));
  }

  /** The same without the last batch of an epoch if it is short. */
  public DataLoader dropLast() {
    return changed(copy -> copy.dropLast = true);
  }

  /** The same with batches put together another way, such as by {@link Padding}. */
  public DataLoader collate(Collate other) {
    return changed(copy -> copy.collate = other);
  }

  /** The same with each sample changed, after those changes that it has already. */
  public DataLoader transform(SampleTransform next) {
    return changed(copy -> copy.transform = transform.andThen(next));
  }

  /** The same with each batch changed, after those changes that it has already. */
  public DataLoader transformBatch(BatchTransform next) {
    BatchTransform before = batchTransform();
    return changed(
        copy ->
            copy.batchTransform =
                (batch, batchRng) -> next.apply(before.apply(batch, batchRng), batchRng));
  }

  /** The same with batches made ahead by that many threads, two for each thread; 0 for none. */
  public DataLoader workers(int threads) {
    return workers(threads, Math.max(1, 2 * threads));
  }

  /**
   * The same with up to so many batches made ahead.
   *
   * @param batchesAhead how many may be ready or in the making
   */
  public DataLoader workers(int threads, int batchesAhead) {
    if (threads < 0 || batchesAhead < 1) {
      throw new IllegalArgumentException(
          "batches: needs 0 or more threads and at least 1 batch ahead, is "
              + threads
              + " and "
              + batchesAhead);
    }
    return changed(
        copy -> {
          copy.workers = threads;
          copy.ahead = batchesAhead;
        });
  }

  /** The number of samples in all batches but the last. */
  public int batchSize() {
    return batchSize;
  }

  @Override
  public int perEpoch() {
    long size = samplesPerEpoch();
    long batches = dropLast ? size / batchSize : (size + batchSize - 1) / batchSize;
    if (batches < 1) {
      throw new IllegalArgumentException(
          "batches: there are "
              + size
              + " samples"
              + (size == 0 ? "" : ", less than one batch of " + batchSize));
    }
    return Math.toIntExact(batches);
  }

  /** The batches of an epoch, counted from 0; see {@link #epoch(int, int)}. */
  public Iterable<Batch> epoch(int epoch) {
    return epoch(epoch, 0);
  }

  /** Each iterator begins anew; several may be under way. */
  @Override
  public Iterable<Batch> epoch(int epoch, int first) {
    return new Mapped<>(shards(epoch, first, Shard.Of.ALL), Shard::batch);
  }

  /**
   * A worker makes its own samples only, unless those of a batch depend on one another: collated by
   * other means than {@link Collate#stack}, or changed as a batch.
   */
  @Override
  public Iterable<Shard> shards(int epoch, int first, Shard.Of worker) {
    if (epoch < 0 || first < 0 || first > perEpoch()) {
      throw new IllegalArgumentException(
          String.format(
              "batches: there is no batch %d in epoch %d of %d batches", first, epoch, perEpoch()));
    }
    return () -> begin(epoch, first, worker);
  }

  private synchronized LoaderEpoch begin(int epoch, int first, Shard.Of worker) {
    if (closed) {
      throw new IllegalStateException("batches: the loader is closed; make another");
    }
    LoaderEpoch begun;
    try {
      Draw draw = draw(epoch, first);
      begun =
          new LoaderEpoch(this, epoch, first, worker, draw, executor(), workers > 0 ? ahead : 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    open.add(begun);
    return begun;
  }

  private Draw draw(int epoch, int first) throws IOException {
    Rng order = rng.fork("shuffle").fork(epoch);
    long position = (long) first * batchSize;
    if (stream == null) {
      return new Draw.InOrder(samples, sampler.order(samples.size(), order), position);
    }
    Draw draw = new Draw.FromBuffer(stream.open(), stream.size(), buffer, order);
    for (long i = 0; i < position; i++) {
      draw.next();
    }
    return draw;
  }

  private Executor executor() {
    if (workers == 0) {
      return Runnable::run;
    }
    if (pool == null) {
      pool =
          new ThreadPoolExecutor(
              workers,
              workers,
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              task -> BackgroundThreads.make("trimaran-loader", task));
      pool.allowCoreThreadTimeOut(true);
    }
    return pool;
  }

  /** Ends the threads and gives back what is open; epochs that are under way end with an error. */
  @Override
  public synchronized void close() {
    closed = true;
    Set.copyOf(open).forEach(LoaderEpoch::close);
    if (pool != null) {
      pool.shutdown();
    }
  }

  long samplesPerEpoch() {
    return stream == null ? sampler.count(samples.size()) : stream.size();
  }

  Rng rng() {
    return rng;
  }

  Collate collate() {
    return collate == null ? Collate.stack() : collate;
  }

  /** Whether a sample of a batch is the same whatever the others are. */
  boolean makesSamplesApart() {
    return collate == null && batchTransform == null;
  }

  SampleTransform transform() {
    return transform;
  }

  BatchTransform batchTransform() {
    return batchTransform == null ? (batch, batchRng) -> batch : batchTransform;
  }
}
