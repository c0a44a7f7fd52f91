package io.github.trimaran.conformance;

import io.github.trimaran.backend.Backend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** A backend whose n-th operation fails, as one that runs out of memory would. */
final class FailingBackend {

  /** What is asked, not computed, and what cleans up. */
  private static final Set<String> NEVER_FAIL =
      Set.of(
          "info",
          "liveArrays",
          "shape",
          "dtype",
          "release",
          "sync",
          "close",
          "isClosed",
          "equals",
          "hashCode");

  private final Backend<?> backend;
  private int left;

  private FailingBackend(Backend<?> backend, int failing) {
    this.backend = backend;
    this.left = failing;
  }

  /** Does as {@code backend} does, but throws in place of operation number {@code failing}. */
  static Backend<?> wrap(Backend<?> backend, int failing) {
    FailingBackend own = new FailingBackend(backend, failing);
    return (Backend<?>)
        Proxy.newProxyInstance(
            FailingBackend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> own.call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (!NEVER_FAIL.contains(method.getName()) && --left == 0) {
      throw new Failure(method.getName());
    }
    try {
      return method.invoke(backend, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** The failure that was asked for. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(String operation) {
      super("no memory left for " + operation);
    }
  }
}
