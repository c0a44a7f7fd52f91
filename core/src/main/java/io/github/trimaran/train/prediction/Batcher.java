package io.github.trimaran.train.prediction;

import io.github.trimaran.array.HostArray;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Gathers what threads ask at about the same time. It has no thread of its own: of those that ask,
 * one computes a batch for all that wait, and what arrives meanwhile is the next batch.
 *
 * <p>Where a batch costs the same however many samples it has, it pays to wait a moment for those
 * who asked together a moment ago: they get their answers at the same time, and most ask again. A
 * lone question is computed at once.
 */
final class Batcher {

  /** What one thread has asked for and waits for. */
  private static final class Call {
    private final Condition done;
    private int open;

    private Call(Condition done, int open) {
      this.done = done;
      this.open = open;
    }
  }

  /** One sample of a call. */
  private static final class Question {
    private final Call call;
    private final Map<String, HostArray> sample;
    private final Map<String, String> form = new LinkedHashMap<>();
    private List<HostArray> outputs;
    private RuntimeException failure;

    private Question(Call call, Map<String, HostArray> sample) {
      this.call = call;
      this.sample = sample;
      sample.forEach((name, array) -> form.put(name, array.dtype() + " " + array.shape()));
    }
  }

  private final int most;
  private final Function<List<Map<String, HostArray>>, List<List<HostArray>>> compute;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Condition arrived = lock.newCondition();
  private final boolean waitsForOthers;
  private final Deque<Question> waiting = new ArrayDeque<>();
  private boolean busy;
  private boolean closed;

  /** How many samples were asked for at the end of the last batch, and of the one before. */
  private int askedLast;

  private int askedBefore;

  /** Nanoseconds that the last batch took. */
  private long lastTook;

  /**
   * Of at most so many samples at a time, computed by this function.
   *
   * @param waitsForOthers whether a batch costs the same however many samples it has
   */
  Batcher(
      int most,
      boolean waitsForOthers,
      Function<List<Map<String, HostArray>>, List<List<HostArray>>> compute) {
    this.most = most;
    this.waitsForOthers = waitsForOthers;
    this.compute = compute;
  }

  /** The outputs of each of these samples; waits for them. */
  List<List<HostArray>> ask(List<Map<String, HostArray>> samples) {
    List<Question> own = new ArrayList<>();
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("predictor: is closed");
      }
      Call call = new Call(lock.newCondition(), samples.size());
      samples.forEach(sample -> own.add(new Question(call, sample)));
      waiting.addAll(own);
      arrived.signalAll();
      while (call.open > 0) {
        if (busy) {
          call.done.awaitUninterruptibly();
        } else {
          computeNext();
        }
      }
    } finally {
      lock.unlock();
    }
    List<List<HostArray>> outputs = new ArrayList<>();
    for (Question question : own) {
      if (question.failure != null) {
        throw question.failure;
      }
      outputs.add(question.outputs);
    }
    return outputs;
  }

  /** Computes the next batch, without the lock, for whoever asked for it. */
  private void computeNext() {
    busy = true;
    if (waitsForOthers) {
      waitForOthers();
    }
    List<Question> batch = next();
    lock.unlock();
    long start = System.nanoTime();
    try {
      compute(batch);
    } finally {
      lock.lock();
      busy = false;
      lastTook = System.nanoTime() - start;
      askedBefore = askedLast;
      askedLast = batch.size() + waiting.size();
      for (Question question : batch) {
        if (--question.call.open == 0) {
          question.call.done.signal();
        }
      }
      idle.signalAll();
      if (!waiting.isEmpty()) {
        waiting.peek().call.done.signal();
      }
    }
  }

  /** For as many as asked lately, and at most half the time that a batch takes. */
  private void waitForOthers() {
    int expected = Math.min(most, Math.max(askedLast, askedBefore));
    long left = lastTook / 2;
    try {
      while (waiting.size() < expected && left > 0 && !closed) {
        left = arrived.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // Whoever interrupted wants the answer the sooner.
      Thread.currentThread().interrupt();
    }
  }

  /** The oldest question, and those of the same form that fit into a batch with it. */
  private List<Question> next() {
    List<Question> batch = new ArrayList<>();
    Map<String, String> form = waiting.peek().form;
    Iterator<Question> rest = waiting.iterator();
    while (rest.hasNext() && batch.size() < most) {
      Question question = rest.next();
      if (question.form.equals(form)) {
        rest.remove();
        batch.add(question);
      }
    }
    return batch;
  }

  private void compute(List<Question> batch) {
    try {
      List<List<HostArray>> outputs = compute.apply(batch.stream().map(q -> q.sample).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).outputs = outputs.get(i);
      }
    } catch (RuntimeException e) {
      if (batch.size() == 1) {
        batch.get(0).failure = e;
      } else {
        // One that cannot be computed must not fail the others.
        batch.forEach(question -> compute(List.of(question)));
      }
    } catch (Error e) {
      batch.forEach(q -> q.failure = new IllegalStateException("predictor: failed: " + e, e));
    }
  }

  /** Waits for what is asked, and refuses what comes later. */
  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
      while (busy || !waiting.isEmpty()) {
        idle.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
