package io.github.trimaran.examples.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;

/**
 * Work that takes a while: a training, a style transfer. Whoever does it reports on it; whoever
 * asks gets a {@link Status}. Any thread may call any method.
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
  private final boolean cancellable;
  private final Map<String, Curve> curves = new LinkedHashMap<>();
  private final Map<String, Object> shown = new LinkedHashMap<>();
  private Work work;
  private State state = State.QUEUED;
  private boolean cancelled;
  private double progress;
  private String note = "";
  private byte[] picture;
  private int pictures;
  private Map<String, Object> result = Map.of();

  Job(String id, String kind, Work work) {
    this.id = id;
    this.kind = kind;
    this.work = work;
    this.cancellable = work != null;
  }

  /** Work that another thread has begun, and that is not cancelled here. */
  static Job elsewhere(String id, String kind) {
    Job job = new Job(id, kind, null);
    job.state = State.RUNNING;
    return job;
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
   * @param cancellable whether it can be cancelled
   * @param ahead how many jobs are done before it
   * @param progress from 0 to 1
   * @param note what is being done, or why it failed
   * @param curves by name
   * @param pictures how many pictures there were so far; 0 for none
   * @param shown what else is to be seen of it, by name
   * @param result of a job that is done
   */
  record Status(
      @JsonProperty String id,
      @JsonProperty String kind,
      @JsonProperty String state,
      @JsonProperty boolean cancellable,
      @JsonProperty int ahead,
      @JsonProperty double progress,
      @JsonProperty String note,
      @JsonProperty Map<String, CurveJson> curves,
      @JsonProperty int pictures,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Object> shown,
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

  /** Shows a picture in place of the last. */
  void picture(BufferedImage now) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(now, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    synchronized (this) {
      picture = png.toByteArray();
      pictures++;
    }
  }

  /** Shows something that JSON can hold in place of what was shown under that name. */
  synchronized void show(String name, Object value) {
    shown.put(name, value);
  }

  /** Whether the work is not wanted any more. */
  synchronized boolean isCancelled() {
    return cancelled;
  }

  // ---- for the queue and those who ask ---------------------------------------------------------

  /** The last picture as PNG, or null. */
  synchronized byte[] png() {
    return picture;
  }

  /** Does the work, unless it was cancelled before. */
  void run() {
    Work toDo;
    synchronized (this) {
      toDo = work;
      // What it holds, such as pictures, is not needed when it is over.
      work = null;
      if (cancelled) {
        return;
      }
      state = State.RUNNING;
    }
    Map<String, Object> found = Map.of();
    String why = "";
    State end = State.FAILED;
    try {
      found = toDo.run(this);
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

  /** Work that another thread did is over; without a result it failed. */
  synchronized void end(Map<String, Object> found) {
    state = found.isEmpty() ? State.FAILED : State.DONE;
    result = new LinkedHashMap<>(found);
    progress = found.isEmpty() ? progress : 1;
    note = found.isEmpty() ? "it was ended before it was done" : note;
  }

  /** Whether it can be ended from here. */
  boolean isCancellable() {
    return cancellable;
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
        id,
        kind,
        state.name().toLowerCase(Locale.ROOT),
        cancellable,
        ahead,
        progress,
        note,
        points,
        pictures,
        new LinkedHashMap<>(shown),
        result);
  }
}
