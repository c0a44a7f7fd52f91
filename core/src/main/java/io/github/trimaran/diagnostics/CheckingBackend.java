package io.github.trimaran.diagnostics;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BatchNormGrads;
import io.github.trimaran.backend.BatchNormed;
import io.github.trimaran.backend.MaxPooled;
import io.github.trimaran.tensor.LayerPath;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs every operation on two backends and compares the results, so that the first operation that
 * goes wrong is named, not the loss it spoils a thousand operations later. Both get the same
 * operands, bit for bit: after each comparison the reference goes on with the subject's values.
 *
 * <pre>{@code
 * Backend<?> checked = CheckingBackend.wrap(backend, Backends.get("cpu"), 1e-4);
 * model.init(checked, DType.FLOAT32, Rng.seeded(29));    // and train it as ever
 * }</pre>
 */
public final class CheckingBackend implements InvocationHandler {

  private static final Set<String> OF_OBJECT = Set.of("equals", "hashCode", "toString");

  /** One array on both sides. */
  private record Pair(Object subject, Object reference) {}

  private final Backend<Object> subject;
  private final Backend<Object> reference;
  private final double tolerance;

  private CheckingBackend(Backend<Object> subject, Backend<Object> reference, double tolerance) {
    this.subject = subject;
    this.reference = reference;
    this.tolerance = tolerance;
  }

  /**
   * A backend that does as {@code subject} does, checked against {@code reference}; a result that
   * differs is a {@link DisagreementException}.
   *
   * @param tolerance the largest difference let pass in float32, relative to the largest magnitude
   *     in the result; float64 is held to a millionth of it, int64 and bool to equality
   */
  public static Backend<?> wrap(Backend<?> subject, Backend<?> reference, double tolerance) {
    return Proxies.backend(
        new CheckingBackend(Proxies.erase(subject), Proxies.erase(reference), tolerance));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    Object[] given = arguments == null ? new Object[0] : arguments;
    if (OF_OBJECT.contains(method.getName())) {
      return Proxies.call(subject, method, arguments);
    }
    Object found = Proxies.call(subject, method, side(given, true));
    switch (method.getName()) {
      case "info", "liveArrays", "isClosed", "shape", "dtype", "toHost", "sync" -> {
        return found;
      }
      default -> {
        Object expected = Proxies.call(reference, method, side(given, false));
        return method.getReturnType() == Optional.class
            ? fused(method, given, (Optional<?>) found, (Optional<?>) expected)
            : unfused(method, given, found, expected);
      }
    }
  }

  private Object unfused(Method method, Object[] given, Object found, Object expected) {
    if (method.getReturnType() == Object.class) {
      return paired(method, given, found, expected);
    }
    if (method.getReturnType() == boolean.class) {
      return updated(method, given, (Boolean) found, (Boolean) expected);
    }
    return found;
  }

  /** In-place updates: compares every array the update may have changed. */
  private boolean updated(Method method, Object[] given, boolean found, boolean expected) {
    for (Object argument : given) {
      if (found && argument instanceof Pair pair) {
        HostArray values = subject.toHost(pair.subject());
        if (expected) {
          compare(method, given, values, reference.toHost(pair.reference()));
        }
        Object copy = reference.fromHost(values);
        reference.assign(pair.reference(), copy);
        reference.release(copy);
      }
    }
    if (!found && expected) {
      throw new IllegalStateException(
          "checking "
              + method.getName()
              + ": only the reference fuses it and has changed its arrays;"
              + " exchange the two backends");
    }
    return found;
  }

  /**
   * What only one side fuses: not fused if the subject does not, unchecked if the reference does
   * not.
   */
  private Optional<?> fused(
      Method method, Object[] given, Optional<?> found, Optional<?> expected) {
    List<Object> subjects = new ArrayList<>(Proxies.arrays(found));
    List<Object> references = new ArrayList<>(Proxies.arrays(expected));
    if (found.isEmpty()) {
      references.forEach(reference::release);
      return found;
    }
    List<Object> pairs = new ArrayList<>();
    for (int i = 0; i < subjects.size(); i++) {
      Object array = subjects.get(i);
      pairs.add(
          references.isEmpty()
              ? new Pair(array, reference.fromHost(subject.toHost(array)))
              : paired(method, given, array, references.get(i)));
    }
    return Optional.of(rebuilt(found.get(), pairs));
  }

  private static Object rebuilt(Object like, List<Object> arrays) {
    if (like instanceof MaxPooled<?>) {
      return new MaxPooled<>(arrays.get(0), arrays.get(1));
    }
    if (like instanceof BatchNormed<?>) {
      return new BatchNormed<>(arrays.get(0), arrays.get(1), arrays.get(2));
    }
    if (like instanceof BatchNormGrads<?>) {
      return new BatchNormGrads<>(arrays.get(0), arrays.get(1), arrays.get(2));
    }
    return like instanceof List<?> ? arrays : arrays.get(0);
  }

  private Pair paired(Method method, Object[] given, Object found, Object expected) {
    HostArray values = subject.toHost(found);
    HostArray other = reference.toHost(expected);
    try {
      compare(method, given, values, other);
    } catch (DisagreementException e) {
      subject.release(found);
      reference.release(expected);
      throw e;
    }
    if (values.equals(other)) {
      return new Pair(found, expected);
    }
    reference.release(expected);
    return new Pair(found, reference.fromHost(values));
  }

  private void compare(Method method, Object[] given, HostArray found, HostArray expected) {
    String reason = null;
    if (!found.shape().equals(expected.shape()) || found.dtype() != expected.dtype()) {
      reason =
          "result is "
              + found.dtype()
              + " "
              + found.shape()
              + ", expected "
              + expected.dtype()
              + " "
              + expected.shape();
    } else {
      Disagreement largest = Disagreement.largest(found, expected);
      if (largest != null && !(largest.relative() <= allowed(found.dtype()))) {
        reason = largest.toString();
      }
    }
    if (reason != null) {
      String layer = LayerPath.current();
      throw new DisagreementException(
          method.getName()
              + (layer.isEmpty() ? "" : " in " + layer)
              + " on "
              + subject.info().name()
              + " differs from "
              + reference.info().name()
              + ": "
              + reason
              + " (operands "
              + operands(given)
              + ", result "
              + found.dtype()
              + " "
              + found.shape()
              + ")");
    }
  }

  private double allowed(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> tolerance;
      case FLOAT64 -> tolerance * 1e-6;
      case INT64, BOOL -> 0;
    };
  }

  private String operands(Object[] given) {
    List<String> shapes = new ArrayList<>();
    for (Object argument : given) {
      if (argument instanceof Pair pair) {
        shapes.add(subject.shape(pair.subject()).toString());
      } else if (argument instanceof List<?> list) {
        list.forEach(each -> shapes.add(subject.shape(((Pair) each).subject()).toString()));
      }
    }
    return String.join(", ", shapes);
  }

  /** The arguments with every pair replaced by one of its sides. */
  private static Object[] side(Object[] given, boolean ofSubject) {
    Object[] mapped = new Object[given.length];
    for (int i = 0; i < given.length; i++) {
      mapped[i] =
          given[i] instanceof List<?> list
              ? list.stream().map(each -> side(each, ofSubject)).toList()
              : side(given[i], ofSubject);
    }
    return mapped;
  }

  private static Object side(Object argument, boolean ofSubject) {
    if (argument instanceof Pair pair) {
      return ofSubject ? pair.subject() : pair.reference();
    }
    return argument;
  }
}
