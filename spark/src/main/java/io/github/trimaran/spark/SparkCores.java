package io.github.trimaran.spark;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.Backends;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * How many cores tasks and executors have, so that backends take as many threads and no more.
 *
 * <pre>{@code
 * try (Backend<?> backend = SparkCores.backend("cpu")) {
 *   // as many threads as the task has cores
 * }
 * }</pre>
 */
public final class SparkCores {

  private static final Pattern LOCAL = Pattern.compile("local\\[(\\d+).*");
  private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[\\d+,\\s*(\\d+).*");
  private static final BitSet TAKEN = new BitSet();

  private SparkCores() {}

  /** Those of the task that this thread runs; all of this machine outside of tasks. */
  public static int ofTask() {
    TaskContext task = TaskContext.get();
    return task == null ? Runtime.getRuntime().availableProcessors() : Math.max(1, task.cpus());
  }

  /** Those of the executor that this is, as far as Spark's settings say; else of this machine. */
  public static int ofExecutor() {
    return SparkEnv.get() == null
        ? Runtime.getRuntime().availableProcessors()
        : ofExecutor(SparkEnv.get().conf());
  }

  static int ofExecutor(SparkConf conf) {
    if (conf.contains("spark.executor.cores")) {
      return conf.getInt("spark.executor.cores", 1);
    }
    String master = conf.get("spark.master", "");
    for (Pattern pattern : new Pattern[] {LOCAL, LOCAL_CLUSTER}) {
      Matcher matcher = pattern.matcher(master);
      if (matcher.matches()) {
        return Integer.parseInt(matcher.group(1));
      }
    }
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * A backend with as many threads as the task has cores; it is the caller's to close.
   *
   * @throws io.github.trimaran.backend.BackendUnavailableException if it is not on the executors'
   *     class path
   */
  public static Backend<?> backend(String name) {
    return Backends.get(name, BackendOptions.defaults().withThreads(ofTask()));
  }

  /** Which of the tasks at work in this JVM this is, until it is closed. */
  record Slot(int number) implements AutoCloseable {
    @Override
    public void close() {
      synchronized (TAKEN) {
        TAKEN.clear(number);
      }
    }
  }

  /** The lowest number that no other task has. */
  static Slot slot() {
    synchronized (TAKEN) {
      int free = TAKEN.nextClearBit(0);
      TAKEN.set(free);
      return new Slot(free);
    }
  }
}
