package io.github.trimaran.examples.run;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.backend.Precision;
import io.github.trimaran.diagnostics.CheckingBackend;
import io.github.trimaran.diagnostics.Profile;
import io.github.trimaran.diagnostics.ProfilingBackend;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A backend started as the options say: with its threads and device, checked and profiled if asked.
 */
public final class Engine implements AutoCloseable {

  /** Rounding lets float32 results differ by about a millionth for each of a few hundred terms. */
  private static final double TOLERANCE = 1e-4;

  /** The project's backends. */
  public static final List<String> NAMES = List.of("cpu", "nd4j", "djl");

  private final Backend<?> backend;
  private final Profile profile;
  private List<Profile.Entry> taken = List.of();

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
    requireThreads(options.threads());
    requireKnown("--backend", name);
    return start(name, options, options.threads());
  }

  /** The same in a precision that may be another than the options'. */
  public static Engine start(String name, CommonOptions options, Precision precision) {
    requireThreads(options.threads());
    requireKnown("--backend", name);
    return start(name, options, options.threads(), precision);
  }

  /** The same with another number of threads. */
  public static Engine start(String name, CommonOptions options, int threads) {
    Precision asked = options.precision();
    return start(name, options, threads, asked == null ? Precision.FULL : asked);
  }

  private static Engine start(
      String name, CommonOptions options, int threads, Precision precision) {
    BackendOptions asked = new BackendOptions(threads, options.device(), precision);
    Backend<?> backend = Backends.get(name, asked);
    if (options.checkAgainst() != null) {
      requireKnown("--check-against", options.checkAgainst());
      Backend<?> reference =
          Backends.get(options.checkAgainst(), BackendOptions.defaults().withThreads(threads));
      backend = CheckingBackend.wrap(backend, reference, TOLERANCE);
    }
    if (!options.profile()) {
      return new Engine(backend, null);
    }
    Profile profile = new Profile();
    return new Engine(ProfilingBackend.wrap(backend, profile), profile);
  }

  /** Refuses less than one thread. */
  public static void requireThreads(int threads) {
    if (threads < 1) {
      throw new InputException("--threads: must be at least 1, is " + threads);
    }
  }

  /** A backend of the project, here or not, or one that somebody added to the class path. */
  private static void requireKnown(String option, String name) {
    Set<String> known = new LinkedHashSet<>(NAMES);
    Backends.providers().forEach(provider -> known.add(provider.name()));
    if (!known.contains(name)) {
      throw new InputException(
          option
              + ": there is no backend '"
              + name
              + "'; choose one of "
              + String.join(", ", known));
    }
  }

  /** What computes. */
  public Backend<?> backend() {
    return backend;
  }

  /** Closes the backend; one that a command has until its process ends may stay open. */
  @Override
  public void close() {
    backend.close();
  }

  /** Time by operation and layer since this was last asked for; empty if no profile was. */
  public List<Profile.Entry> takeProfile() {
    if (profile == null) {
      return List.of();
    }
    List<Profile.Entry> all = profile.entries();
    List<Profile.Entry> since = ProfileDifference.between(taken, all);
    taken = all;
    return since;
  }

  /** Prints the time by operation and layer, if that was asked for. */
  public void report(Console console) {
    if (profile != null) {
      console.result("Time by operation and layer on " + backend.info().name() + ":");
      console.result(profile.table().stripTrailing());
    }
  }
}
