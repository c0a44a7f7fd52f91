package io.github.trimaran.examples.run;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.diagnostics.CheckingBackend;
import io.github.trimaran.diagnostics.Profile;
import io.github.trimaran.diagnostics.ProfilingBackend;

/**
 * A backend started as the options say: with its threads and device, checked and profiled if asked.
 */
public final class Engine {

  /** Rounding lets float32 results differ by about a millionth for each of a few hundred terms. */
  private static final double TOLERANCE = 1e-4;

  private final Backend<?> backend;
  private final Profile profile;

  private Engine(Backend<?> backend, Profile profile) {
    this.backend = backend;
    this.profile = profile;
  }

  /**
   * Starts a backend.
   *
   * @throws io.github.trimaran.backend.BackendUnavailableException if it, or the one to check
   *     against, cannot run here
   */
  public static Engine start(String name, CommonOptions options) {
    BackendOptions asked = new BackendOptions(options.threads(), options.device());
    Backend<?> backend = Backends.get(name, asked);
    if (options.checkAgainst() != null) {
      Backend<?> reference =
          Backends.get(
              options.checkAgainst(), BackendOptions.defaults().withThreads(options.threads()));
      backend = CheckingBackend.wrap(backend, reference, TOLERANCE);
    }
    if (!options.profile()) {
      return new Engine(backend, null);
    }
    Profile profile = new Profile();
    return new Engine(ProfilingBackend.wrap(backend, profile), profile);
  }

  /** What computes. */
  public Backend<?> backend() {
    return backend;
  }

  /** Prints the time by operation and layer, if that was asked for. */
  public void report(Console console) {
    if (profile != null) {
      console.result("Time by operation and layer on " + backend.info().name() + ":");
      console.result(profile.table().stripTrailing());
    }
  }
}
