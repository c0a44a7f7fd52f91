package io.github.trimaran.collective;

import java.util.List;

/**
 * One of several workers that compute side by side, as that worker sees it: what MPI calls a
 * communicator and PyTorch a process group. All workers must call the same methods in the same
 * order with arrays of the same length; each call returns when this worker's part of it is done.
 *
 * <pre>{@code
 * List<Collective> workers = Ring.ofThreads(2);
 * // In thread r, with worker = workers.get(r):
 * double[] sums = {worker.rank(), 1};
 * worker.allReduce(sums);                 // {0 + 1, 1 + 1} in both
 * }</pre>
 *
 * <p>The order in which numbers are summed up follows from their place and the number of workers
 * alone, and every worker gets the same bits: results do not depend on who was first.
 *
 * <p>A call from one thread at a time. If one worker fails or is closed, the calls of all others
 * end with an {@link java.io.UncheckedIOException} that says so in one line; nobody waits for ever.
 */
public interface Collective extends AutoCloseable {

  /** Which of the workers this is, from 0. */
  int rank();

  /** How many there are. */
  int size();

  /** Replaces each number by the sum of those of all workers. */
  void allReduce(float[] values);

  /** Replaces each number by the sum of those of all workers. */
  void allReduce(double[] values);

  /**
   * The message of one worker.
   *
   * @param message at {@code root} what is sent; ignored elsewhere, may be null
   * @param root whose message it is
   */
  byte[] broadcast(byte[] message, int root);

  /** The messages of all workers, by rank; they may be of different lengths. */
  List<byte[]> allGather(byte[] message);

  /** Returns when all workers have called it. */
  default void barrier() {
    allGather(new byte[0]);
  }

  /** Makes the calls of all others end with this reason, which is one line, and closes. */
  void fail(String reason);

  /** Gives back what it is connected by. */
  @Override
  void close();

  /** The only worker: sums are its own numbers. */
  static Collective alone() {
    return Alone.INSTANCE;
  }
}
