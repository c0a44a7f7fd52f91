package io.github.trimaran.onnx.write;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BatchNormed;
import io.github.trimaran.backend.MaxPooled;
import io.github.trimaran.backend.MetaBackend;
import io.github.trimaran.backend.Recurrence;
import io.github.trimaran.tensor.LayerPath;
import io.github.trimaran.tensor.Tensor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A run of a function on a backend that writes down which operations pass, and computes shapes
 * only. What follows from constants alone is worked out on a real backend, so that masks, tables
 * and counts are constants of the graph. Operations that ONNX has as one are taken as one here.
 */
final class Recording implements InvocationHandler {

  /** Of {@link io.github.trimaran.backend.FusedOperations}, those that are written down as one. */
  private static final Set<String> ALIKE =
      Set.of("relu", "sigmoid", "gelu", "logSoftmax", "cumSum");

  private static final int GROUP_NORMALIZATION = 21;

  /**
   * An operation that passed.
   *
   * @param operation its name in {@link Backend} or {@link
   *     io.github.trimaran.backend.FusedOperations}
   * @param settings its arguments that are no arrays
   * @param layer the part of the model that called it
   */
  record Step(
      String operation,
      List<Traced> operands,
      List<Object> settings,
      List<Traced> results,
      String layer) {}

  private final Backend<Object> real;
  private final MetaBackend meta = new MetaBackend();
  private final Backend<?> proxy;
  private final List<Step> steps = new ArrayList<>();
  private final WeightValues weights;
  private final int opset;

  /** What the next array from the host is; null for a constant. */
  private Traced.Kind naming;

  private String name;
  private Traced seen;

  // Arrays are handed to the backend they came from, and to no other.
  @SuppressWarnings("unchecked")
  Recording(Backend<?> real, int opset) {
    this.real = (Backend<Object>) real;
    this.opset = opset;
    this.weights = new WeightValues(this.real);
    this.proxy =
        (Backend<?>)
            Proxy.newProxyInstance(
                Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, this);
  }

  Backend<?> backend() {
    return proxy;
  }

  List<Step> steps() {
    return steps;
  }

  /** A tensor that is given to the function, or a weight of the model. */
  Tensor named(Traced.Kind kind, String called, HostArray values) {
    naming = kind;
    name = called;
    try {
      return Tensor.of(proxy, values);
    } finally {
      naming = null;
    }
  }

  /** What stands behind a tensor of this backend. */
  Traced traced(Tensor tensor) {
    if (tensor.backend() != proxy) {
      throw new IllegalArgumentException(
          "onnx: an output does not come from the inputs, it is on the backend "
              + tensor.backend().info().name());
    }
    // Reading shows the array to this backend, and to nobody else.
    seen = null;
    naming = Traced.Kind.RESULT;
    try {
      tensor.toHost();
    } finally {
      naming = null;
    }
    return seen;
  }

  @Override
  public Object invoke(Object self, Method method, Object[] given) throws Throwable {
    Object[] arguments = given == null ? new Object[0] : given;
    return switch (method.getName()) {
      case "info", "computesSamplesAlike", "sync" -> call(real, method, arguments);
      case "liveArrays" -> 0L;
      case "isClosed" -> false;
      case "close" -> null;
      case "hashCode" -> System.identityHashCode(self);
      case "equals" -> self == arguments[0];
      case "toString" -> "recording " + real;
      case "shape" -> ((Traced) arguments[0]).shape();
      case "dtype" -> ((Traced) arguments[0]).dtype();
      case "release" -> {
        Traced array = (Traced) arguments[0];
        if (array.real() != null) {
          real.release(array.real());
        }
        yield null;
      }
      case "fromHost" -> fromHost((HostArray) arguments[0]);
      case "toHost" -> toHost((Traced) arguments[0]);
      case "assign" ->
          throw new IllegalArgumentException(
              "onnx: the function changes a value in place, which a graph cannot; write it as a function");
      default -> operation(method, arguments);
    };
  }

  static Object call(Object backend, Method method, Object... arguments) throws Throwable {
    try {
      return method.invoke(backend, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Traced fromHost(HostArray values) {
    return naming == null
        ? Traced.constant(real.fromHost(values), values)
        : Traced.named(naming, name, values);
  }

  private HostArray toHost(Traced array) {
    if (naming == Traced.Kind.RESULT) {
      seen = array;
      return HostArray.zeros(array.shape(), array.dtype());
    }
    if (!array.isConstant()) {
      throw new IllegalArgumentException(
          "onnx: the function reads values of "
              + array.dtype()
              + " "
              + array.shape()
              + " while it runs, so what it does depends on the data; a graph does the same for all");
    }
    return real.toHost(array.real());
  }

  // ---- operations -----------------------------------------------------------------------------

  private Object operation(Method method, Object... arguments) throws Throwable {
    List<Traced> operands = new ArrayList<>();
    List<Object> settings = new ArrayList<>();
    for (Object argument : arguments) {
      if (argument instanceof Traced array) {
        operands.add(array);
      } else if (argument instanceof List<?> list) {
        list.forEach(each -> operands.add((Traced) each));
      } else {
        settings.add(argument instanceof int[] numbers ? numbers.clone() : argument);
      }
    }
    if (operands.stream().allMatch(Traced::isConstant)) {
      return constant(call(real, method, unwrapped(arguments)));
    }
    if (method.getReturnType() == Optional.class) {
      return fused(method.getName(), operands, settings);
    }
    if (method.getReturnType() == boolean.class) {
      return false;
    }
    MetaBackend.Meta shape = (MetaBackend.Meta) call(meta, method, shapes(arguments));
    Traced result = one(method.getName(), operands, settings, shape.shape(), shape.dtype());
    weights.made(result, operands, method, arguments);
    return result;
  }

  private static Object[] unwrapped(Object... arguments) {
    return Arrays.stream(arguments)
        .map(
            argument ->
                argument instanceof List<?> list
                    ? list.stream().map(each -> ((Traced) each).real()).toList()
                    : argument instanceof Traced array ? array.real() : argument)
        .toArray();
  }

  private static Object[] shapes(Object... arguments) {
    return Arrays.stream(arguments)
        .map(
            argument ->
                argument instanceof List<?> list
                    ? list.stream().map(each -> shape((Traced) each)).toList()
                    : argument instanceof Traced array ? shape(array) : argument)
        .toArray();
  }

  private static MetaBackend.Meta shape(Traced array) {
    return new MetaBackend.Meta(array.shape(), array.dtype());
  }

  private Object constant(Object result) {
    if (result instanceof Optional<?> fused) {
      return fused.map(this::constant);
    } else if (result instanceof List<?> list) {
      return list.stream().map(this::constant).toList();
    } else if (result instanceof MaxPooled<?> pooled) {
      return new MaxPooled<>(constant(pooled.values()), constant(pooled.indices()));
    } else if (result instanceof BatchNormed<?> normed) {
      return new BatchNormed<>(
          constant(normed.output()), constant(normed.mean()), constant(normed.variance()));
    }
    return Traced.constant(result, real.toHost(result));
  }

  private Traced one(
      String operation, List<Traced> operands, List<Object> settings, Shape shape, DType dtype) {
    Traced result = Traced.result(shape, dtype);
    add(operation, operands, settings, result);
    return result;
  }

  private void add(
      String operation, List<Traced> operands, List<Object> settings, Traced... results) {
    steps.add(
        new Step(
            operation,
            List.copyOf(operands),
            List.copyOf(settings),
            List.of(results),
            LayerPath.current()));
  }

  /** What is taken as one operation; numbers become constants beside the tensor. */
  private Optional<?> fused(String operation, List<Traced> operands, List<Object> settings)
      throws Throwable {
    Traced a = operands.get(0);
    Shape shape = a.shape();
    if (ALIKE.contains(operation)) {
      return Optional.of(one(operation, operands, settings, shape, a.dtype()));
    }
    return switch (operation) {
      case "addScalar" -> Optional.of(withNumber("add", a, settings));
      case "mulScalar" -> Optional.of(withNumber("mul", a, settings));
      case "divScalar" -> Optional.of(withNumber("div", a, settings));
      case "powScalar" -> Optional.of(withNumber("pow", a, settings));
      case "linear" -> {
        Shape out = Shape.of(shape.dim(0), operands.get(1).shape().dim(0));
        yield Optional.of(rectified("linear", operands, List.of(), out, settings.get(0)));
      }
      case "conv2dBias" -> {
        Conv2dGeometry geometry = (Conv2dGeometry) settings.get(0);
        Shape out = geometry.outputShape(shape, operands.get(1).shape());
        yield Optional.of(rectified("conv2d", operands, List.of(geometry), out, settings.get(1)));
      }
      case "maxPool2d" -> {
        Shape out = ((Pool2dGeometry) settings.get(0)).outputShape(shape);
        Traced best = Traced.result(out, a.dtype());
        Traced places = Traced.result(out, DType.INT64);
        add(operation, operands, settings, best, places);
        yield Optional.of(new MaxPooled<Object>(best, places));
      }
      case "batchNorm" -> {
        Traced output = Traced.result(shape, a.dtype());
        Traced mean = Traced.result(operands.get(1).shape(), a.dtype());
        Traced variance = Traced.result(operands.get(1).shape(), a.dtype());
        add(operation, operands, settings, output, mean, variance);
        yield Optional.of(new BatchNormed<Object>(output, mean, variance));
      }
      case "groupNorm" ->
          isGroupNorm(a, (Integer) settings.get(0))
              ? Optional.of(one(operation, operands, settings, shape, a.dtype()))
              : Optional.empty();
      case "recurrent" -> recurrent(operands, (Recurrence) settings.get(0));
      default -> Optional.empty();
    };
  }

  /** Whether ONNX has it and ONNX Runtime computes it: of float32, and in groups since opset 21. */
  private boolean isGroupNorm(Traced x, int groups) {
    boolean instances = groups == x.shape().dim(1);
    return x.dtype() == DType.FLOAT32
        && x.shape().rank() > 2
        && (instances || opset >= GROUP_NORMALIZATION);
  }

  /**
   * All steps as one; step by step where a weight depends on what the function is given, and in
   * float64, which ONNX Runtime has not.
   */
  private Optional<?> recurrent(List<Traced> operands, Recurrence layer) throws Throwable {
    if (operands.get(0).dtype() != DType.FLOAT32) {
      return Optional.empty();
    }
    int end = 1 + layer.directions() * layer.weights();
    List<Traced> known = new ArrayList<>();
    for (Traced weight : operands.subList(1, end)) {
      if (!weights.has(weight)) {
        return Optional.empty();
      }
      known.add(weights.of(weight));
    }
    List<Traced> all = new ArrayList<>();
    Traced x = operands.get(0);
    all.add(x);
    all.addAll(new RecurrentWeights(layer, known).packed());
    List<Traced> rest = operands.subList(end, operands.size());
    all.addAll(rest);
    Shape state = rest.get(0).shape();
    Shape output = Shape.of(x.shape().dim(0), layer.directions(), x.shape().dim(1), state.dim(2));
    Traced[] results = new Traced[1 + layer.states()];
    Arrays.setAll(results, i -> Traced.result(i == 0 ? output : state, x.dtype()));
    add("recurrent", all, List.of(layer), results);
    return Optional.of(List.of(results));
  }

  private Traced withNumber(String operation, Traced a, List<Object> settings) {
    HostArray number = HostArray.zeros(Shape.scalar(), a.dtype());
    number.set(0, (Double) settings.get(0));
    return one(
        operation, List.of(a, Traced.constant(null, number)), List.of(), a.shape(), a.dtype());
  }

  private Traced rectified(
      String operation, List<Traced> operands, List<Object> settings, Shape shape, Object relu) {
    DType dtype = operands.get(0).dtype();
    Traced sum = one(operation, operands, settings, shape, dtype);
    return (Boolean) relu ? one("relu", List.of(sum), List.of(), shape, dtype) : sum;
  }
}
