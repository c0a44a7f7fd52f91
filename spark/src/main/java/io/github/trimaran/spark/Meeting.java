package io.github.trimaran.spark;

import java.io.IOException;
import java.util.List;
import org.apache.spark.BarrierTaskContext;

/**
 * How the tasks of one barrier stage meet: to exchange their addresses, and at the end.
 *
 * <p>Spark counts a task that has returned as done even while another one dies, and would then
 * start the stage again without it. So all return together: who waits at the end when another dies
 * is ended with it.
 */
final class Meeting {

  /** Before a reason; no address begins so. */
  private static final String FAILED = "!";

  private final BarrierTaskContext task;
  private boolean exchanged;

  Meeting(BarrierTaskContext task) {
    this.task = task;
  }

  BarrierTaskContext task() {
    return task;
  }

  /** Which of the tasks this is. */
  int rank() {
    return task.partitionId();
  }

  /**
   * The addresses of all, by rank.
   *
   * @throws IOException with the reason of one that has none
   */
  List<String> exchange(String own) throws IOException {
    exchanged = true;
    List<String> all = List.of(task.allGather(own));
    for (String address : all) {
      if (address.startsWith(FAILED)) {
        throw new IOException(address.substring(FAILED.length()));
      }
    }
    return all;
  }

  /**
   * Waits until all are done.
   *
   * @param failure why this one is; told to those that still wait for its address
   */
  void end(String failure) {
    if (!exchanged) {
      task.allGather(FAILED + failure);
    }
    task.barrier();
  }
}
