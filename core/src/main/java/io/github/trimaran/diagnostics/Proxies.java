package io.github.trimaran.diagnostics;

import io.github.trimaran.backend.Backend;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

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

  /** Calls the method and throws what it throws. */
  static Object call(Backend<Object> backend, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(backend, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
