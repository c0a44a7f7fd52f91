package io.github.trimaran.examples.serve;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.Backends;

/**
 * The backend of long jobs, apart from the one that answers, with one thread less than there are
 * cores: who draws meanwhile does not wait. Started when it is first needed.
 */
final class Workshop implements AutoCloseable {

  private final String name;
  private final int threads;
  private Backend<?> backend;

  Workshop(String name, int threads) {
    this.name = name;
    this.threads = Math.max(1, threads - 1);
  }

  synchronized Backend<?> backend() {
    if (backend == null) {
      backend = Backends.get(name, BackendOptions.defaults().withThreads(threads));
    }
    return backend;
  }

  @Override
  public synchronized void close() {
    if (backend != null) {
      backend.close();
    }
  }
}
