package io.github.trimaran.examples.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * Work that takes a while, such as a training. Whoever does it reports on it; whoever asks gets a
 * {@link Status}. Any thread may call any method.
 */
final class Job {

  /** Where a job is. */
  enum State {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  /** Does the work and reports on it; what it returns is the job's result. */
  @FunctionalInterface
  interface Work {
    Map<String, Object> run(Job job) throws IOException;
  }

  /** More points of a curve nobody sees: then every other one is left out. */
  private static final int MOST_POINTS = 1_000;

  private final String id;
  private final String kind;
  private final Work work;
  private final Map<String, Curve> curves = new LinkedHashMap<>();
  private State state = State.QUEUED;
  private boolean cancelled;
  private double progress;
  private String note = "";
  private Map<String, Object> result = Map.of();

  Job(String id, String kind, Work work) {
    this.id = id;
    this.kind = kind;
    this.work = work;
  }

  /** The points of a curve, thinned out as they become many. */
  private static final class Curve {
    private final List<Double> x = new ArrayList<>();
    private final List<Double> y = new ArrayList<>();
    private int every = 1;
    private long seen;

    private void add(double at, double value) {
      if (seen++ % every != 0 || !Double.isFinite(value)) {
        return;
      }
      x.add(at);
      y.add(value);
      if (x.size() > MOST_POINTS) {
        for (int i = x.size() - 1; i > 0; i -= 2) {
          x.remove(i - 1);
          y.remove(i - 1);
        }
        every *= 2;
      }
    }
  }

  /**
   * A curve as JSON has it.
   *
   * @param x positions
   * @param y values
   */
  record CurveJson(@JsonProperty List<Double> x, @JsonProperty List<Double> y) {}

  /**
   * A job as JSON has it.
   *
   * @param id it is asked for by
   * @param kind what is done
   * @param state {@code queued}, {@code running}, {@code done}, {@code failed}, {@code cancelled}
   * @param ahead how many jobs are done before it
   * @param progress from 0 to 1
   * @param note what is being done, or why it failed
   * @param curves by name
   * @param result of a job that is done
   */
  record Status(
      @JsonProperty String id,
      @JsonProperty String kind,
      @JsonProperty String state,
      @JsonProperty int ahead,
      @JsonProperty double progress,
      @JsonProperty String note,
      @JsonProperty Map<String, CurveJson> curves,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> result) {}

  String id() {
    return id;
  }

  // ---- for whoever does the work ---------------------------------------------------------------

  /**
   * Tells how far the work is.
   *
   * @throws CancellationException if it is not wanted any more
   */
  synchronized void progress(double share, String what) {
    if (cancelled) {
      throw new CancellationException("cancelled");
    }
    progress = share;
    note = what;
  }

  /** Adds a point to a curve. */
  synchronized void point(String curve, double x, double y) {
    curves.computeIfAbsent(curve, name -> new Curve()).add(x, y);
  }

  /** Whether the work is not wanted any more. */
  synchronized boolean isCancelled() {
    return cancelled;
  }

  // ---- for the queue and those who ask ---------------------------------------------------------

  /** Does the work, unless it was cancelled before. */
  void run() {
    synchronized (this) {
      if (cancelled) {
        return;
      }
      state = State.RUNNING;
    }
    Map<String, Object> found = Map.of();
    String why = "";
    State end = State.FAILED;
    try {
      found = work.run(this);
      end = isCancelled() ? State.CANCELLED : State.DONE;
    } catch (CancellationException e) {
      end = State.CANCELLED;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      why = e.getMessage() == null ? e.toString() : e.getMessage();
    }
    synchronized (this) {
      state = end;
      result = end == State.DONE ? new LinkedHashMap<>(found) : Map.of();
      progress = end == State.DONE ? 1 : progress;
      note = end == State.FAILED ? why : note;
    }
  }

  /** Ends it as soon as can be. */
  synchronized void cancel() {
    cancelled = true;
    if (state == State.QUEUED) {
      state = State.CANCELLED;
    }
  }

  synchronized State state() {
    return state;
  }

  synchronized Status status(int ahead) {
    Map<String, CurveJson> points = new LinkedHashMap<>();
    curves.forEach(
        (name, curve) ->
            points.put(name, new CurveJson(List.copyOf(curve.x), List.copyOf(curve.y))));
    return new Status(
        id, kind, state.name().toLowerCase(Locale.ROOT), ahead, progress, note, points, result);
  }
}
