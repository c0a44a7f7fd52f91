package io.github.trimaran.backend;

/**
 * What can be asked of a backend when it starts.
 *
 * <pre>{@code
 * Backend<?> one = Backends.get("cpu", BackendOptions.defaults().withThreads(1));
 * }</pre>
 *
 * @param threads how many may compute, at least 1
 * @param device {@code "cpu"}, or {@code "gpu"} where an engine has one
 * @param precision how exactly it computes with FLOAT32 arrays
 */
public record BackendOptions(int threads, String device, Precision precision) {

  /** In full precision. */
  public BackendOptions(int threads, String device) {
    this(threads, device, Precision.FULL);
  }

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
    return new BackendOptions(count, device, precision);
  }

  /** The same with that precision. */
  public BackendOptions withPrecision(Precision other) {
    return new BackendOptions(threads, device, other);
  }
}
