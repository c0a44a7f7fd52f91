package io.github.trimaran.examples.serve;

import io.github.trimaran.examples.web.HttpProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Long work, one piece at a time in the order it was asked for; drawing goes on beside it. A few
 * that are over are kept, so that a page that is loaded again finds its own.
 */
final class Jobs implements AutoCloseable {

  private static final int MOST_WAITING = 8;
  private static final int MOST_KEPT = 16;
  private static final long PATIENCE_SECONDS = 5;

  private final Deque<Job> waiting = new ArrayDeque<>();
  private final Deque<Job> known = new ArrayDeque<>();
  private final Thread worker;
  private Job running;
  private Job accompanied;

  /** A page that outlives its server must not take a new job for the one that it asked for. */
  private final String prefix =
      Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + '-';

  private long numbers;
  private boolean closed;

  Jobs() {
    worker = new Thread(this::work, "trimaran-jobs");
    worker.setDaemon(true);
    worker.start();
  }

  /** Queues work. */
  synchronized Job.Status submit(String kind, Job.Work work) throws HttpProblem {
    if (waiting.size() >= MOST_WAITING) {
      throw new HttpProblem(
          HttpProblem.BUSY, MOST_WAITING + " jobs wait already; try again when one is done");
    }
    Job job = new Job(prefix + ++numbers, kind, work);
    waiting.add(job);
    remember(job);
    notifyAll();
    return job.status(ahead(job));
  }

  /** Tells of work that another thread has begun; others wait until {@link #end}. */
  synchronized Job accompany(String kind) {
    Job job = Job.elsewhere(prefix + ++numbers, kind);
    accompanied = job;
    remember(job);
    return job;
  }

  /** Work that another thread did is over, and this came of it. */
  synchronized void end(Job job, Map<String, Object> result) {
    job.end(result);
    accompanied = null;
    notifyAll();
  }

  private void remember(Job job) {
    known.add(job);
    while (known.size() > MOST_KEPT && isOver(known.peek())) {
      known.remove();
    }
  }

  private static boolean isOver(Job job) {
    return job.state() != Job.State.QUEUED && job.state() != Job.State.RUNNING;
  }

  private synchronized int ahead(Job job) {
    int position = new ArrayList<>(waiting).indexOf(job);
    int under = (running == null ? 0 : 1) + (accompanied == null ? 0 : 1);
    return position < 0 ? 0 : position + under;
  }

  private void work() {
    for (Job job = next(); job != null; job = next()) {
      job.run();
    }
  }

  private synchronized Job next() {
    running = null;
    while ((waiting.isEmpty() || accompanied != null) && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        return null;
      }
    }
    running = closed ? null : waiting.remove();
    return running;
  }

  /** Where all are, the newest last. */
  synchronized List<Job.Status> all() {
    return known.stream().map(job -> job.status(ahead(job))).toList();
  }

  /** The job of that id. */
  synchronized Job get(String id) throws HttpProblem {
    return known.stream()
        .filter(job -> job.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new HttpProblem(HttpProblem.NOT_FOUND, "there is no such job, or no longer"));
  }

  /** Where the job of that id is. */
  Job.Status status(String id) throws HttpProblem {
    Job job = get(id);
    return job.status(ahead(job));
  }

  /** Cancels a job and says where it is then. */
  Job.Status cancel(String id) throws HttpProblem {
    Job job = get(id);
    if (!job.isCancellable()) {
      throw new HttpProblem(
          HttpProblem.CONFLICT, "a command runs this; Ctrl-C in its terminal ends it");
    }
    job.cancel();
    synchronized (this) {
      waiting.remove(job);
    }
    return status(id);
  }

  /** Cancels all and waits for the one under way, for a few seconds. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      known.forEach(Job::cancel);
      waiting.clear();
      notifyAll();
    }
    try {
      worker.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
