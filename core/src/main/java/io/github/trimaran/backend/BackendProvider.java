package io.github.trimaran.backend;

/**
 * How {@link Backends} finds a backend: registered with {@link java.util.ServiceLoader}. Loading
 * the provider's class must not load the engine; {@link #create} does.
 *
 * <pre>{@code
 * for (BackendProvider provider : Backends.providers()) {
 *   System.out.println(provider.name() + ": " + provider.description());
 * }
 * }</pre>
 */
public interface BackendProvider {

  /** The name to select it by, lower case. */
  String name();

  /** One line for people: what it is. */
  String description();

  /**
   * Starts the engine.
   *
   * @throws BackendUnavailableException if it cannot run here, with the reason and the way out in
   *     one line
   */
  Backend<?> create(BackendOptions options);
}
