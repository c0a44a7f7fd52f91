package io.github.trimaran.train;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/** Looks for infinite values and NaN. */
final class Finite {

  private Finite() {}

  /**
   * The first such value of an array.
   *
   * @param name of the array
   * @param shape of the array
   * @param index of the value, as if the array had one axis
   */
  record Fault(String name, double value, Shape shape, int index) {

    /** Such as {@code [2, 0]}. */
    String position() {
      return Arrays.toString(shape.position(index));
    }
  }

  /** In the arrays of a batch. */
  static Optional<Fault> faultOf(Batch batch) {
    return batch.names().stream()
        .flatMap(name -> first(name, batch.get(name), Finite::isNotFinite).stream())
        .findFirst();
  }

  /** In the parameters of a model; or NaN in its buffers, where a mask may be infinite. */
  static Optional<Fault> faultOf(Model model) {
    for (Parameter parameter : model.parameters()) {
      if (!isFinite(parameter.tensor())) {
        return first(parameter.name(), parameter.tensor().toHost(), Finite::isNotFinite);
      }
    }
    for (Map.Entry<String, Tensor> buffer : model.buffers().entrySet()) {
      if (buffer.getValue().dtype().isFloating() && !isFinite(buffer.getValue())) {
        Optional<Fault> fault = first(buffer.getKey(), buffer.getValue().toHost(), Double::isNaN);
        if (fault.isPresent()) {
          return fault;
        }
      }
    }
    return Optional.empty();
  }

  /** Asks the backend, for only what is wrong is worth a download: 0 times infinity is NaN. */
  private static boolean isFinite(Tensor tensor) {
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the look for NaN")) {
      return tensor.mul(0).sum().item() == 0;
    }
  }

  private static boolean isNotFinite(double value) {
    return !Double.isFinite(value);
  }

  private static Optional<Fault> first(String name, HostArray values, DoublePredicate wanted) {
    return IntStream.range(0, values.shape().size())
        .filter(i -> wanted.test(values.get(i)))
        .mapToObj(i -> new Fault(name, values.get(i), values.shape(), i))
        .findFirst();
  }
}
