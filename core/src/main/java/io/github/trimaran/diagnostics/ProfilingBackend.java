package io.github.trimaran.diagnostics;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.tensor.LayerPath;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Wraps a backend so that the time of each operation and the memory of its result are counted, by
 * operation and by layer.
 *
 * <pre>{@code
 * Profile profile = new Profile();
 * model.init(ProfilingBackend.wrap(backend, profile), DType.FLOAT32, Rng.seeded(29));
 * ...
 * System.out.println(profile.table());
 * }</pre>
 */
public final class ProfilingBackend implements InvocationHandler {

  /** What costs nothing and tells nothing. */
  private static final Set<String> UNTIMED =
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
          "hashCode",
          "toString");

  private final Backend<Object> backend;
  private final Profile profile;

  private ProfilingBackend(Backend<Object> backend, Profile profile) {
    this.backend = backend;
    this.profile = profile;
  }

  /**
   * A backend that does as {@code backend} does and counts its time in {@code profile}. It waits
   * for each operation to finish, so asynchronous engines lose their overlap.
   */
  public static Backend<?> wrap(Backend<?> backend, Profile profile) {
    return Proxies.backend(new ProfilingBackend(Proxies.erase(backend), profile));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (UNTIMED.contains(method.getName())) {
      return Proxies.call(backend, method, arguments);
    }
    long start = System.nanoTime();
    Object result = Proxies.call(backend, method, arguments);
    // "Not fused here" is no operation; the composition that follows is counted.
    if (!(result instanceof Optional<?> fused && fused.isEmpty())
        && !Boolean.FALSE.equals(result)) {
      backend.sync();
      profile.count(
          method.getName(), LayerPath.current(), System.nanoTime() - start, bytes(method, result));
    }
    return result;
  }

  /** What the values that an operation made take; a reshape makes none, it shows others anew. */
  private long bytes(Method method, Object result) {
    List<Object> made = List.of();
    if (result instanceof Optional<?> fused) {
      made = Proxies.arrays(fused);
    } else if (method.getReturnType() == Object.class && !method.getName().equals("reshape")) {
      made = List.of(result);
    }
    long bytes = 0;
    for (Object array : made) {
      bytes += (long) backend.shape(array).size() * backend.dtype(array).bytes();
    }
    return bytes;
  }
}
