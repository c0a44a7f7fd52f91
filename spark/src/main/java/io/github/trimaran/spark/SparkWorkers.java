package io.github.trimaran.spark;

import io.github.trimaran.collective.Collective;
import io.github.trimaran.collective.RingDoor;
import io.github.trimaran.collective.RingSecurity;
import io.github.trimaran.data.Sample;
import io.github.trimaran.data.Samples;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Workers that train side by side on a Spark cluster: the tasks of one barrier stage, each of which
 * is one {@link Collective} of a ring.
 *
 * <pre>{@code
 * String accuracy = SparkWorkers.of(spark, 4).run(worker -> {
 *   Layer model = newModel();
 *   model.init(SparkCores.backend("cpu"), DType.FLOAT32, Rng.seeded(29));
 *   Trainer trainer = Trainer.builder(model, new Adam(model.parameters(), 1e-3))
 *       .collective(worker).checkpoint(shared, 100).build();
 *   return String.valueOf(trainer.fit(batches(), 10).last().accuracy());
 * });
 * }</pre>
 *
 * <p>What is run must do the same on each worker, with the same seeds. If an executor is lost Spark
 * starts the stage again, and training that resumes from its checkpoint goes on bit for bit. Data
 * that cannot be read, a full disk and the like end it at once, with one line.
 *
 * <p>Workers connect to one another directly, at the addresses Spark knows them by, while the ring
 * forms; each proves to its neighbour that it knows a secret drawn for this run, which tasks get
 * over Spark's own connections. Where Spark's network is encrypted ({@code
 * spark.network.crypto.enabled} or {@code spark.ssl.rpc.enabled}), so is the ring.
 */
public final class SparkWorkers {

  private static final Duration SLOTS = Duration.ofSeconds(60);

  /**
   * What a worker does.
   *
   * @param <T> what it gives
   */
  @FunctionalInterface
  public interface Work<T extends Serializable> extends Serializable {
    /** Its part; what the first worker returns is the result. */
    T of(Collective worker) throws Exception;
  }

  /**
   * What a worker does that has samples of its own.
   *
   * @param <T> what it gives
   */
  @FunctionalInterface
  public interface DataWork<T extends Serializable> extends Serializable {
    /** Its part; see {@link io.github.trimaran.data.SpreadBatches} for batches of all. */
    T of(Collective worker, Samples own) throws Exception;
  }

  /** Makes a sample of a row. */
  @FunctionalInterface
  public interface RowSample extends Serializable {
    /** The sample. */
    Sample of(Row row) throws IOException;
  }

  /** What comes back of a worker. */
  private record Result<T extends Serializable>(int rank, T value, String failure)
      implements Serializable {}

  private final SparkSession spark;
  private final int workers;
  private Duration patience = Duration.ofMinutes(10);

  /** What executors must have; null for what the driver has. */
  private Versions versions;

  private SparkWorkers(SparkSession spark, int workers) {
    if (workers < 1) {
      throw new IllegalArgumentException("workers: must be at least 1, are " + workers);
    }
    this.spark = spark;
    this.workers = workers;
  }

  /** That many workers on a cluster. */
  public static SparkWorkers of(SparkSession spark, int workers) {
    return new SparkWorkers(spark, workers);
  }

  /** The same with another time that one may be behind the others before it counts as lost. */
  public SparkWorkers patience(Duration atMost) {
    SparkWorkers changed = new SparkWorkers(spark, workers);
    changed.patience = atMost;
    changed.versions = versions;
    return changed;
  }

  /** The same as if the driver had other versions. */
  SparkWorkers sentBy(Versions others) {
    SparkWorkers changed = patience(patience);
    changed.versions = others;
    return changed;
  }

  /**
   * Runs something on all workers at once.
   *
   * @return what the first worker gives
   * @throws IOException in one line, if there are not as many slots, or it fails
   */
  public <T extends Serializable> T run(Work<T> work) throws IOException {
    List<Integer> ranks = new ArrayList<>();
    for (int rank = 0; rank < workers; rank++) {
      ranks.add(rank);
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Ring ring = ring();
    return run(
        context.parallelize(ranks, workers).rdd(),
        (none, meeting) -> ring.join(meeting, worker -> work.of(worker)));
  }

  /**
   * The same with rows spread over the workers, of which none passes through the driver: each has
   * about as many, in memory.
   */
  public <T extends Serializable> T run(Dataset<Row> rows, RowSample sample, DataWork<T> work)
      throws IOException {
    Ring ring = ring();
    RDD<Row> spread;
    try {
      spread = rows.javaRDD().repartition(workers).rdd(); // computes shuffles of the rows already
    } catch (Exception e) { // Spark throws what it does not declare
      throw SparkFailures.inOneLine("workers", e);
    }
    return run(
        spread,
        (mine, meeting) -> {
          List<Sample> own = new ArrayList<>();
          while (mine.hasNext()) {
            own.add(sample.of(mine.next()));
          }
          if (own.isEmpty()) {
            throw new IOException("workers: one has no samples; there are fewer than workers");
          }
          return ring.join(meeting, worker -> work.of(worker, Samples.of(own)));
        });
  }

  private interface Part<A, T extends Serializable> extends Serializable {
    T of(Iterator<A> input, Meeting meeting) throws Exception;
  }

  private <A, T extends Serializable> T run(RDD<A> input, Part<A, T> part) throws IOException {
    requireSlots();
    Function1<scala.collection.Iterator<A>, scala.collection.Iterator<Result<T>>> task =
        (Function1<scala.collection.Iterator<A>, scala.collection.Iterator<Result<T>>>
                & Serializable)
            rows -> {
              Result<T> result = result(part, CollectionConverters.asJava(rows));
              return CollectionConverters.asScala(Collections.singletonList(result).iterator());
            };
    @SuppressWarnings("unchecked")
    ClassTag<Result<T>> tag =
        (ClassTag<Result<T>>) (ClassTag<?>) ClassTag$.MODULE$.apply(Result.class);
    List<Result<T>> results = new ArrayList<>();
    try {
      RDD<Result<T>> all = input.barrier().mapPartitions(task, false, tag);
      // Behind a shuffle: Spark starts a failed stage again only if its results are not out yet.
      results.addAll(JavaRDD.fromRDD(all, tag).repartition(1).collect());
    } catch (Exception e) {
      throw SparkFailures.inOneLine("workers", e);
    }
    return first(results);
  }

  /** What ends a worker for good is a result: it would end the next attempt too. */
  private static <A, T extends Serializable> Result<T> result(Part<A, T> part, Iterator<A> input) {
    Meeting meeting = new Meeting(BarrierTaskContext.get());
    Result<T> result;
    try {
      result = new Result<>(meeting.rank(), part.of(input, meeting), null);
    } catch (Exception e) {
      String reason = SparkFailures.message(e);
      if (reason.startsWith("collective:")) {
        throw new IllegalStateException(reason, e); // a neighbour was lost: all begin again
      }
      result = new Result<>(meeting.rank(), null, reason);
    }
    meeting.end(result.failure());
    return result;
  }

  /** The first worker's, unless one failed: the reason is that of who failed by itself. */
  private static <T extends Serializable> T first(List<Result<T>> results) throws IOException {
    String failure = null;
    T value = null;
    for (Result<T> result : results) {
      if (result.failure() != null
          && (failure == null || failure.startsWith("training: worker "))) {
        failure = result.failure();
      }
      if (result.rank() == 0) {
        value = result.value();
      }
    }
    if (failure != null) {
      throw new IOException(failure);
    }
    return value;
  }

  /** Spark itself would wait for ten minutes, and say so in many lines. */
  private void requireSlots() throws IOException {
    SparkContext context = spark.sparkContext();
    long end = System.nanoTime() + SLOTS.toNanos();
    int slots = 0;
    while (System.nanoTime() < end) {
      slots =
          context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
      if (slots >= workers) {
        return;
      }
      if (context.isLocal()) {
        break;
      }
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new IOException(
        "workers: "
            + workers
            + " asked for, the cluster "
            + context.master()
            + " runs "
            + slots
            + " tasks at once; ask for fewer, or give it more executors or cores");
  }

  // ---- on the executors -----------------------------------------------------------------------

  private Ring ring() throws IOException {
    SparkConf conf = spark.sparkContext().getConf();
    boolean encrypted =
        conf.getBoolean("spark.network.crypto.enabled", false)
            || conf.getBoolean("spark.ssl.rpc.enabled", false);
    return new Ring(
        RingSecurity.newSecret(),
        spark.sparkContext().applicationId(),
        encrypted,
        patience.toMillis(),
        versions == null ? Versions.ofDriver(spark.sparkContext()) : versions);
  }

  /** What tasks need to become workers of one ring. */
  private record Ring(
      byte[] secret, String application, boolean encrypted, long patience, Versions versions)
      implements Serializable {

    <T extends Serializable> T join(Meeting meeting, Work<T> work) throws Exception {
      versions.requireHere();
      BarrierTaskContext task = meeting.task();
      int rank = meeting.rank();
      String run =
          application + ", stage " + task.stageId() + ", attempt " + task.stageAttemptNumber();
      String host = task.getTaskInfos()[rank].address();
      try (RingDoor door = RingDoor.open(InetAddress.getByName(withoutPort(host)))) {
        List<String> addresses = meeting.exchange(door.address());
        try (Collective worker =
            door.patience(Duration.ofMillis(patience))
                .join(rank, addresses, new RingSecurity(secret, run, encrypted))) {
          T value = work.of(worker);
          worker.barrier(); // nobody leaves while others still wait for what it sent
          return value;
        }
      }
    }

    private static String withoutPort(String address) {
      int colon = address.lastIndexOf(':');
      return colon < 0 ? address : address.substring(0, colon);
    }
  }
}
