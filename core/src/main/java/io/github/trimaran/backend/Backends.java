package io.github.trimaran.backend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Selects a backend by name. Selection is explicit and never falls back to another: an unknown or
 * unusable name is an error that lists what is there.
 *
 * <pre>{@code
 * Backend<?> cpu = Backends.get("cpu");
 * Backend<?> chosen = Backends.get();    // what the property or the variable names
 * }</pre>
 */
public final class Backends {

  /** The system property that names the default backend. */
  public static final String PROPERTY = "trimaran.backend";

  /** The environment variable that names the default backend. */
  public static final String VARIABLE = "TRIMARAN_BACKEND";

  private Backends() {}

  /** A new instance of the named backend with default options; it is the caller's to close. */
  public static Backend<?> get(String name) {
    return get(name, BackendOptions.defaults());
  }

  /**
   * A new instance of the named backend; it is the caller's to close.
   *
   * @throws BackendUnavailableException if there is none of that name, or it cannot run here
   */
  public static Backend<?> get(String name, BackendOptions options) {
    Map<String, BackendProvider> providers = byName();
    BackendProvider provider = providers.get(name);
    if (provider == null) {
      throw new BackendUnavailableException(
          "backend '"
              + name
              + "' is not on the class path; there "
              + describe(providers)
              + ". Add the jar io.github.trimaran:trimaran-"
              + name
              + " if that is a backend");
    }
    return provider.create(options);
  }

  /**
   * The default: the system property {@value #PROPERTY}, else the environment variable {@value
   * #VARIABLE}, else the one backend on the class path.
   *
   * @throws BackendUnavailableException if nothing is named and there is not exactly one
   */
  public static Backend<?> get() {
    String name = System.getProperty(PROPERTY, System.getenv(VARIABLE));
    if (name != null && !name.isBlank()) {
      return get(name);
    }
    Map<String, BackendProvider> providers = byName();
    if (providers.size() != 1) {
      throw new BackendUnavailableException(
          "choose a backend with -D"
              + PROPERTY
              + "=NAME or "
              + VARIABLE
              + "=NAME; there "
              + describe(providers));
    }
    return get(providers.keySet().iterator().next());
  }

  /** The providers on the class path, by name. */
  public static List<BackendProvider> providers() {
    List<BackendProvider> found = new ArrayList<>();
    var iterator = ServiceLoader.load(BackendProvider.class).iterator();
    while (true) {
      try {
        if (!iterator.hasNext()) {
          break;
        }
        found.add(iterator.next());
      } catch (ServiceConfigurationError | NoClassDefFoundError e) {
        // One broken registration must not hide the others; the next call moves past it.
        org.slf4j.LoggerFactory.getLogger(Backends.class).warn("backend skipped: {}", e.toString());
      }
    }
    found.sort(Comparator.comparing(BackendProvider::name));
    return found;
  }

  private static Map<String, BackendProvider> byName() {
    Map<String, BackendProvider> byName = new TreeMap<>();
    for (BackendProvider provider : providers()) {
      byName.put(provider.name(), provider);
    }
    return byName;
  }

  private static String describe(Map<String, BackendProvider> providers) {
    return providers.isEmpty() ? "is none" : "is " + String.join(", ", providers.keySet());
  }
}
