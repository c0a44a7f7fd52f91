package io.github.trimaran.spark;

import io.github.trimaran.search.Attempts;
import io.github.trimaran.search.Halving;
import io.github.trimaran.search.Objective;
import io.github.trimaran.search.Values;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Function1;
import scala.Function2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Makes the trials of a search on a Spark cluster: a job a rung, a task a trial, longest first.
 * Results are those of the search on one machine; each is in the log as soon as its task is over,
 * so that a search whose driver was killed goes on from there. Lost executors and speculative
 * execution change nothing: a trial counts once.
 *
 * <pre>{@code
 * SparkTrials.Trial accuracy = (values, epochs, worker) -> accuracyOf(values, epochs);
 * List<Trial> trials = new Search(candidates, halving, accuracy, log).run(new SparkTrials(spark));
 * }</pre>
 *
 * <p>Which of the tasks at work on an executor a trial is, is its worker; it has as many threads as
 * its task has cores: {@link SparkCores#ofTask}.
 */
public final class SparkTrials implements Attempts {

  /** An objective that can be sent to executors: a lambda of what can be sent. */
  @FunctionalInterface
  public interface Trial extends Objective, Serializable {}

  /** What a task has to do. */
  private record Task(int candidate, LinkedHashMap<String, Object> values, int budget)
      implements Serializable {}

  /** What came of it: a reason instead of a score if the trial cannot be made. */
  private record Result(double score, ArrayList<Double> history, double seconds, String failure)
      implements Serializable {}

  private final JavaSparkContext spark;

  /** On that cluster. */
  public SparkTrials(SparkSession spark) {
    this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  /**
   * Makes all trials of a rung.
   *
   * @throws IllegalArgumentException if the objective cannot be sent to executors
   * @throws IOException if a trial fails, or the log cannot be written
   */
  @Override
  public void make(Objective objective, Halving.Rung rung, List<Attempt> open, Done done)
      throws IOException {
    if (!(objective instanceof Serializable)) {
      throw new IllegalArgumentException(
          "search: the objective cannot be sent to executors; declare it as SparkTrials.Trial");
    }
    List<Task> tasks = new ArrayList<>();
    Map<Integer, Attempt> byNumber = new HashMap<>();
    for (Attempt attempt : open) {
      byNumber.put(attempt.candidate(), attempt);
      tasks.add(
          new Task(
              attempt.candidate(), new LinkedHashMap<>(attempt.values().byName()), rung.budget()));
    }
    Versions versions = Versions.ofDriver(spark.sc());
    spark.setJobGroup(
        "trimaran search", "rung " + (rung.number() + 1) + ", " + open.size() + " trials", true);
    try {
      run(objective, tasks, versions, byNumber, done);
    } finally {
      spark.clearJobGroup();
    }
  }

  private void run(
      Objective objective,
      List<Task> tasks,
      Versions versions,
      Map<Integer, Attempt> byNumber,
      Done done)
      throws IOException {
    Function1<scala.collection.Iterator<Task>, Result> work =
        (Function1<scala.collection.Iterator<Task>, Result> & Serializable)
            iterator -> attempt(objective, versions, iterator.next());
    Function2<Object, Result, BoxedUnit> told =
        (index, result) -> {
          Attempt attempt = byNumber.get(tasks.get((Integer) index).candidate());
          if (result.failure() != null) {
            throw new UncheckedIOException(
                new IOException("search: candidate " + attempt.candidate() + result.failure()));
          }
          try {
            done.accept(
                attempt, new Objective.Score(result.score(), result.history()), result.seconds());
          } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
          }
          return BoxedUnit.UNIT;
        };
    ClassTag<Result> tag = ClassTag$.MODULE$.apply(Result.class);
    try {
      spark.sc().runJob(spark.parallelize(tasks, tasks.size()).rdd(), work, told, tag);
    } catch (Exception e) {
      throw SparkFailures.inOneLine("search", e);
    }
  }

  /**
   * What cannot work anywhere is not tried again elsewhere: its reason comes back as a result. What
   * ends an executor does not come back, and Spark starts its trials again.
   */
  private static Result attempt(Objective objective, Versions versions, Task task) {
    long start = System.nanoTime();
    try (SparkCores.Slot slot = SparkCores.slot()) {
      versions.requireHere();
      Objective.Score score =
          objective.evaluate(new Values(task.values()), task.budget(), slot.number());
      return new Result(
          score.value(),
          new ArrayList<>(score.history()),
          (System.nanoTime() - start) * 1e-9,
          null);
    } catch (IOException | RuntimeException e) {
      if (TaskContext.get().isInterrupted()) {
        throw new IllegalStateException("interrupted", e); // of no use, and not the trial's fault
      }
      return new Result(
          Double.NaN,
          new ArrayList<>(),
          0,
          ", " + new Values(task.values()) + ": " + SparkFailures.message(e));
    }
  }
}
