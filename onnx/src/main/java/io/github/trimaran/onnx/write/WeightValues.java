package io.github.trimaran.onnx.write;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a function makes of weights and constants alone, such as one direction's part of a weight.
 * It is computed only for an operation that needs the values.
 */
final class WeightValues {

  /** How an array was made. */
  private record Made(List<Traced> operands, Method method, Object... arguments) {}

  private final Backend<Object> real;
  private final Map<Traced, Made> made = new IdentityHashMap<>();

  WeightValues(Backend<Object> real) {
    this.real = real;
  }

  /** Takes note of a result. */
  void made(Traced result, List<Traced> operands, Method method, Object... arguments) {
    if (operands.stream().allMatch(this::has)) {
      made.put(result, new Made(operands, method, arguments));
    }
  }

  /** Whether the values of an array are known. */
  boolean has(Traced array) {
    return array.host() != null || made.containsKey(array);
  }

  /** The array with its values, named after the first weight in it. */
  Traced of(Traced array) throws Throwable {
    if (array.host() != null) {
      return array;
    }
    String name = name(array);
    HostArray values = values(array);
    return name == null
        ? Traced.constant(null, values)
        : Traced.named(Traced.Kind.WEIGHT, name, values);
  }

  private String name(Traced array) {
    Made how = made.get(array);
    if (how == null) {
      return array.name();
    }
    for (Traced operand : how.operands()) {
      String name = name(operand);
      if (name != null) {
        return name;
      }
    }
    return null;
  }

  private HostArray values(Traced array) throws Throwable {
    if (array.host() != null) {
      return array.host();
    }
    Made how = made.get(array);
    List<Object> arrays = new ArrayList<>();
    try {
      Object[] arguments = new Object[how.arguments().length];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = argument(how.arguments()[i], arrays);
      }
      Object result = Recording.call(real, how.method(), arguments);
      arrays.add(result);
      return real.toHost(result);
    } finally {
      arrays.forEach(real::release);
    }
  }

  private Object argument(Object given, List<Object> arrays) throws Throwable {
    if (given instanceof List<?> list) {
      List<Object> all = new ArrayList<>();
      for (Object each : list) {
        all.add(argument(each, arrays));
      }
      return all;
    }
    if (given instanceof Traced array) {
      Object one = real.fromHost(values(array));
      arrays.add(one);
      return one;
    }
    return given;
  }
}
