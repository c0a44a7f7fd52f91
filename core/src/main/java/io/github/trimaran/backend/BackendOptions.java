package io.github.trimaran.backend;

/**
 * What can be asked of a backend when it starts.
 *
 * @param threads how many may compute, at least 1
 * @param device {@code "cpu"}, or {@code "gpu"} where an engine has one
 */
public record BackendOptions(int threads, String device) {

  /** Checks the number of threads. */
  public BackendOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: must be at least 1, is " + threads);
    }
  }

  /** All cores of this machine, on the CPU. */
  public static BackendOptions defaults() {
    return new BackendOptions(Runtime.getRuntime().availableProcessors(), "cpu");
  }

  /** The same with that many threads. */
  public BackendOptions withThreads(int count) {
    return new BackendOptions(count, device);
  }
}
