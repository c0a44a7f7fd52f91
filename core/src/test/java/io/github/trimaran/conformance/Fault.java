package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BatchNormGrads;
import io.github.trimaran.backend.BatchNormed;
import io.github.trimaran.backend.MaxPooled;
import io.github.trimaran.naive.NaiveArray;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A fault that any method which returns an array can have. */
enum Fault {
  /** The last element is off by one. */
  VALUE {
    @Override
    NaiveArray spoil(FusingBackend backend, NaiveArray result, int call, Object... arguments) {
      return instead(backend, result, nudged(backend.toHost(result)));
    }
  },

  /** A second call gives something else. */
  WHIM {
    @Override
    NaiveArray spoil(FusingBackend backend, NaiveArray result, int call, Object... arguments) {
      return call % 2 == 0 ? result : instead(backend, result, nudged(backend.toHost(result)));
    }
  },

  /** An axis too many. */
  SHAPE {
    @Override
    NaiveArray spoil(FusingBackend backend, NaiveArray result, int call, Object... arguments) {
      HostArray host = backend.toHost(result);
      int[] extents = new int[host.shape().rank() + 1];
      Arrays.setAll(extents, i -> i == 0 ? 1 : host.shape().dim(i - 1));
      return instead(backend, result, host.reshape(Shape.of(extents)));
    }
  },

  /** Another dtype. */
  DTYPE {
    @Override
    NaiveArray spoil(FusingBackend backend, NaiveArray result, int call, Object... arguments) {
      DType other = backend.dtype(result) == DType.FLOAT64 ? DType.FLOAT32 : DType.FLOAT64;
      return instead(backend, result, backend.toHost(result).to(other));
    }
  },

  /** An intermediate array is never released. */
  LEAK {
    @Override
    NaiveArray spoil(FusingBackend backend, NaiveArray result, int call, Object... arguments) {
      backend.fromHost(backend.toHost(result));
      return result;
    }
  },

  /** The first operand is overwritten. */
  OPERAND {
    @Override
    NaiveArray spoil(FusingBackend backend, NaiveArray result, int call, Object... arguments) {
      NaiveArray first =
          (NaiveArray) (arguments[0] instanceof List<?> list ? list.get(0) : arguments[0]);
      HostArray values = first.values();
      for (int i = 0; i < values.shape().size(); i++) {
        values.set(i, values.get(i) == 0 ? 1 : 0);
      }
      return result;
    }
  };

  /** What is returned in place of the right result. */
  abstract NaiveArray spoil(
      FusingBackend backend, NaiveArray result, int call, Object... arguments);

  /** Whether a method can have it. */
  boolean fits(Method method) {
    boolean hasOperand =
        method.getParameterCount() > 0
            && (method.getParameterTypes()[0] == Object.class
                || method.getParameterTypes()[0] == List.class);
    return this != OPERAND || hasOperand;
  }

  private static NaiveArray instead(FusingBackend backend, NaiveArray result, HostArray values) {
    NaiveArray other = backend.fromHost(values);
    backend.release(result);
    return other;
  }

  private static HostArray nudged(HostArray values) {
    int last = values.shape().size() - 1;
    if (last >= 0) {
      double value = values.get(last);
      values.set(
          last, values.dtype() == DType.BOOL ? 1 - value : Double.isFinite(value) ? value + 1 : 0);
    }
    return values;
  }

  /** A backend that is right but for this fault in one method. */
  @SuppressWarnings(
      "unchecked") // The proxy implements the interface for the arrays of its delegate.
  Backend<NaiveArray> in(Method broken) {
    FusingBackend right = new FusingBackend();
    int[] calls = {0};
    return (Backend<NaiveArray>)
        Proxy.newProxyInstance(
            Fault.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              Object result;
              try {
                result = method.invoke(right, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              return method.equals(broken) ? spoilt(right, result, calls[0]++, arguments) : result;
            });
  }

  private Object spoilt(FusingBackend backend, Object result, int call, Object... arguments) {
    if (result instanceof Optional<?> optional) {
      return optional.map(value -> spoilt(backend, value, call, arguments));
    } else if (result instanceof MaxPooled<?> pooled) {
      NaiveArray values = (NaiveArray) pooled.values();
      return new MaxPooled<>(spoil(backend, values, call, arguments), pooled.indices());
    } else if (result instanceof BatchNormed<?> normed) {
      NaiveArray output = (NaiveArray) normed.output();
      return new BatchNormed<>(
          spoil(backend, output, call, arguments), normed.mean(), normed.variance());
    } else if (result instanceof BatchNormGrads<?> grads) {
      NaiveArray input = (NaiveArray) grads.input();
      return new BatchNormGrads<>(
          spoil(backend, input, call, arguments), grads.gamma(), grads.beta());
    } else if (result instanceof List<?> results) {
      List<Object> all = new ArrayList<>(results);
      all.set(0, spoil(backend, (NaiveArray) results.get(0), call, arguments));
      return all;
    }
    return spoil(backend, (NaiveArray) result, call, arguments);
  }
}
