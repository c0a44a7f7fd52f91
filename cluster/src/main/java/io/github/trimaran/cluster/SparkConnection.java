package io.github.trimaran.cluster;

import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.spark.SparkFailures;
import io.github.trimaran.spark.Versions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** Finds a cluster, and says in one line why it cannot be used. */
final class SparkConnection {

  private static final Pattern STANDALONE = Pattern.compile("spark://([^:/,]+):(\\d+)");
  private static final Pattern KNOWN =
      Pattern.compile("local(\\[.+])?|local-cluster\\[.+]|spark://.+|yarn|k8s://.+");
  private static final String LOOPBACK = "127.0.0.1";

  /** Masters whose workers are on this computer. */
  private static final Pattern HERE =
      Pattern.compile("local.*|spark://(127\\.0\\.0\\.1|localhost):.*");

  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration SLOTS = Duration.ofSeconds(60);

  /** Executors that come at about the same time are waited for. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  private static final String VECTOR = "jdk.incubator.vector";
  private static final String FLAGS = "spark.executor.extraJavaOptions";

  private SparkConnection() {}

  /**
   * Connects, or takes part in what {@code spark-submit} has begun.
   *
   * @throws InputException in one line, if there is no such master, nobody answers there, there is
   *     nobody to compute, or executors have other versions
   */
  static SparkSession open(String master, Console console) throws IOException {
    if (!KNOWN.matcher(master).matches()) {
      throw new InputException(
          "--cluster: '" + master + "' is no master; give spark://HOST:PORT or local[N]");
    }
    requireAnswer(master);
    SparkSession spark;
    try {
      spark = session(master);
    } catch (Exception e) {
      throw new InputException(
          "--cluster: cannot work on "
              + master
              + ": "
              + SparkFailures.reason(e)
              + "; see docs/guide/scaling.md",
          e);
    }
    try {
      if (slots(spark) == 0) {
        throw new InputException(
            "--cluster: "
                + master
                + " has no free worker, or none that can start an executor; start workers, wait"
                + " until others are done, or look into the workers' logs");
      }
      SameVersions.require(spark, Versions.here());
    } catch (RuntimeException | IOException e) {
      close(spark);
      throw e;
    }
    console.say("Cluster: " + master + ", " + slots(spark) + " tasks at once");
    return spark;
  }

  /** Spark itself would ask for a minute. */
  private static void requireAnswer(String master) {
    Matcher address = STANDALONE.matcher(master);
    if (!address.matches()) {
      return;
    }
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2))),
          (int) ANSWER.toMillis());
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          "--cluster: nobody answers at "
              + master
              + " ("
              + SparkFailures.reason(e)
              + "); is the master running? 'spark/bin/standalone-cluster' starts one here",
          e);
    }
  }

  private static SparkSession session(String master) throws IOException {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master(master)
            .appName("trimaran")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false");
    if (System.getenv("SPARK_LOCAL_IP") == null && HERE.matcher(master).matches()) {
      // Nothing listens where others could come in.
      builder.config("spark.driver.host", LOOPBACK).config("spark.driver.bindAddress", LOOPBACK);
    }
    if (!master.matches("local(\\[.*)?") && !Submitted.here()) {
      List<String> jars = SentJars.ofClassPath();
      builder.config("spark.jars", String.join(",", jars));
    }
    if (!master.matches("local(\\[.*)?")
        && ModuleLayer.boot().findModule(VECTOR).isPresent()
        && System.getProperty(FLAGS) == null) {
      builder.config(FLAGS, "--add-modules=" + VECTOR);
    }
    return builder.getOrCreate();
  }

  /** How many tasks run at once, when executors have had time to come; 0 if there are none. */
  static int slots(SparkSession spark) {
    SparkContext context = spark.sparkContext();
    long begin = System.nanoTime();
    long changed = begin;
    int slots = now(context);
    while (!context.isLocal()
        && System.nanoTime() - begin < SLOTS.toNanos()
        && (slots == 0 || System.nanoTime() - changed < QUIET.toNanos())) {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return slots;
      }
      int found = now(context);
      if (found != slots) {
        slots = found;
        changed = System.nanoTime();
      }
    }
    return slots;
  }

  private static int now(SparkContext context) {
    return context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
  }

  static void close(SparkSession spark) {
    spark.stop();
  }
}
