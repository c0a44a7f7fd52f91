package io.github.trimaran.diagnostics;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BatchNormGrads;
import io.github.trimaran.backend.BatchNormed;
import io.github.trimaran.backend.MaxPooled;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/** Backends made of one method that sees every call. */
final class Proxies {

  private Proxies() {}

  // A decorator hands arrays through to the backend they came from, and to no other.
  @SuppressWarnings("unchecked")
  static Backend<Object> erase(Backend<?> backend) {
    return (Backend<Object>) backend;
  }

  static Backend<?> backend(InvocationHandler handler) {
    return (Backend<?>)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, handler);
  }

  /** The arrays of a fused result; none where it is empty. */
  static List<Object> arrays(Optional<?> result) {
    if (result.isEmpty()) {
      return List.of();
    }
    Object value = result.get();
    if (value instanceof MaxPooled<?> pooled) {
      return List.of(pooled.values(), pooled.indices());
    }
    if (value instanceof BatchNormed<?> normed) {
      return List.of(normed.output(), normed.mean(), normed.variance());
    }
    if (value instanceof BatchNormGrads<?> grads) {
      return List.of(grads.input(), grads.gamma(), grads.beta());
    }
    return value instanceof List<?> list ? List.copyOf(list) : List.of(value);
  }

  /** Calls the method and throws what it throws. */
  static Object call(Backend<Object> backend, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(backend, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
