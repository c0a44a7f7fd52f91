package io.github.trimaran.autograd;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.naive.NaiveBackend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** Counts the calls of each method of a backend. */
final class CountingBackend {

  private final Map<String, Integer> calls = new HashMap<>();
  private final Backend<?> backend;

  CountingBackend() {
    NaiveBackend naive = new NaiveBackend();
    backend =
        (Backend<?>)
            Proxy.newProxyInstance(
                CountingBackend.class.getClassLoader(),
                new Class<?>[] {Backend.class},
                (proxy, method, arguments) -> {
                  calls.merge(method.getName(), 1, Integer::sum);
                  try {
                    return method.invoke(naive, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  Backend<?> backend() {
    return backend;
  }

  int calls(String method) {
    return calls.getOrDefault(method, 0);
  }
}
