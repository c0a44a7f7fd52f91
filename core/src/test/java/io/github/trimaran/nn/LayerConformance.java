package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What layers must give on every backend: PyTorch's outputs and gradients in float64 and float32,
 * and gradients of first and second order that agree with central differences.
 *
 * <pre>{@code
 * class MyLayersTest extends LayerConformance {
 *   MyLayersTest() { super(Backends.get("mine")); }
 * }
 * }</pre>
 */
public abstract class LayerConformance {

  private static final TorchTable TABLE = TorchTable.read("/nn/layers.txt");
  private static final TorchTable ACTIVATIONS = TorchTable.read("/nn/activations.txt");

  private final Backend<?> backend;

  /** Checks this backend. */
  protected LayerConformance(Backend<?> backend) {
    this.backend = backend;
  }

  @Test
  final void everyCaseOfTheTableIsRun() {
    assertThat(LayerCase.names(LayerCases.ALL)).hasSameElementsAs(TABLE.cases().keySet());
    assertThat(LayerCases.ACTIVATIONS.keySet()).isEqualTo(ACTIVATIONS.cases().keySet());
  }

  @TestFactory
  final Stream<DynamicContainer> layers() {
    return LayerCases.ALL.stream()
        .map(
            one ->
                DynamicContainer.dynamicContainer(
                    one.name(),
                    List.of(
                        DynamicTest.dynamicTest(
                            "PyTorch's numbers in float64",
                            () -> compare(one, DType.FLOAT64, 1e-12)),
                        DynamicTest.dynamicTest(
                            "PyTorch's numbers in float32",
                            () -> compare(one, DType.FLOAT32, 2e-5)),
                        DynamicTest.dynamicTest(
                            "gradients by differences", () -> checkGradients(one)))));
  }

  /** PyTorch's derivatives at kinks are those of the side that it takes a kink to belong to. */
  @TestFactory
  final Stream<DynamicTest> activationsWhereTheyAreDelicate() {
    return LayerCases.ACTIVATIONS.entrySet().stream()
        .flatMap(
            entry ->
                Stream.of(
                    DynamicTest.dynamicTest(
                        entry.getKey() + " in float64",
                        () -> comparePoints(entry, DType.FLOAT64, 1e-12)),
                    DynamicTest.dynamicTest(
                        entry.getKey() + " in float32",
                        () -> comparePoints(entry, DType.FLOAT32, 2e-6))));
  }

  private void comparePoints(
      Map.Entry<String, Supplier<Layer>> activation, DType dtype, double tolerance) {
    Map<String, TorchTable.Entry> expected = ACTIVATIONS.of(activation.getKey());
    try (Layer layer = activation.getValue().get();
        Scope scope = Scope.open("an activation")) {
      layer.init(backend, dtype, Rng.seeded(1));
      double[] points = LayerCases.POINTS;
      Tensor x = tensor(HostArray.of(points, Shape.of(points.length)), dtype).requiresGrad();
      Tensor y = layer.forward(x);
      assertClose("output", y.toDoubles(), expected.get("output").values(), tolerance);
      // What the gradient is at NaN is of no use to anybody.
      int finite = points.length - 1;
      double[] gradient = Gradients.of(y.sum(), x).get(x).toDoubles();
      assertClose(
          "gradient",
          Arrays.copyOf(gradient, finite),
          Arrays.copyOf(expected.get("gradient").values(), finite),
          tolerance);
    }
  }

  private void compare(LayerCase one, DType dtype, double tolerance) {
    Map<String, TorchTable.Entry> expected = TABLE.of(one.name());
    try (Layer layer = one.on(backend, dtype);
        Scope scope = Scope.open("a layer case")) {
      Tensor x = tensor(one.inputValues(), dtype).requiresGrad();
      Tensor y = layer.forward(x, mode(one));
      TorchTable.Entry output = expected.get("output");
      assertThat(y.shape()).isEqualTo(output.shape());
      assertClose("output", y.toDoubles(), output.values(), tolerance);
      Tensor u = tensor(HostArray.of(LayerCase.values("u", y.shape().size()), y.shape()), dtype);
      List<Tensor> variables = new ArrayList<>(Parameter.tensors(layer.parameters()));
      variables.add(x);
      Gradients gradients = Gradients.of(y.mul(u).sum(), variables);
      assertClose("input", gradients.get(x), expected, tolerance);
      for (Parameter parameter : layer.parameters()) {
        assertClose(parameter.name(), gradients.get(parameter.tensor()), expected, tolerance);
      }
      if (one.training()) {
        layer
            .buffers()
            .forEach(
                (name, buffer) ->
                    assertClose(
                        name,
                        buffer.toDoubles(),
                        expected.get("buffer " + name).values(),
                        tolerance));
      }
    }
  }

  private static void assertClose(
      String key, Tensor gradient, Map<String, TorchTable.Entry> expected, double tolerance) {
    double[] actual = gradient.toDoubles();
    double[] direction = LayerCase.values("direction of " + key, actual.length);
    double product = 0;
    for (int i = 0; i < actual.length; i++) {
      product += actual[i] * direction[i];
    }
    assertClose(
        "gradient " + key,
        new double[] {product},
        expected.get("gradient " + key).values(),
        tolerance);
  }

  private static void assertClose(
      String what, double[] actual, double[] expected, double tolerance) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      if (Double.isNaN(expected[i])) {
        assertThat(actual[i]).as("%s[%s]", what, i).isNaN();
      } else {
        assertThat(actual[i])
            .as("%s[%s]", what, i)
            .isCloseTo(expected[i], within(tolerance * Math.max(1, Math.abs(expected[i]))));
      }
    }
  }

  /** Layers that take no statistics of the batch give nothing for nothing, and gradients of 0. */
  @TestFactory
  final Stream<DynamicTest> noRowsInEvaluation() {
    return LayerCases.ALL.stream()
        .filter(one -> !one.training() && one.input().rank() > 1)
        .filter(one -> !one.name().contains("without running statistics"))
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> checkNoRows(one)));
  }

  private void checkNoRows(LayerCase one) {
    try (Layer layer = one.on(backend, DType.FLOAT32);
        Scope scope = Scope.open("a layer case")) {
      Tensor x = Tensor.zeros(backend, one.input().with(0, 0), DType.FLOAT32).requiresGrad();
      Tensor y = layer.forward(x, Mode.EVAL);
      assertThat(y.shape()).isEqualTo(TABLE.of(one.name()).get("output").shape().with(0, 0));
      List<Tensor> variables = new ArrayList<>(Parameter.tensors(layer.parameters()));
      variables.add(x);
      Gradients gradients = Gradients.of(y.sum(), variables);
      for (Tensor variable : variables) {
        assertThat(gradients.get(variable).toDoubles())
            .isEqualTo(new double[variable.shape().size()]);
      }
    }
  }

  private void checkGradients(LayerCase one) {
    try (Layer layer = one.on(backend, DType.FLOAT64)) {
      LayerGradients.check(layer, one.inputValues(), one.training());
    }
  }

  private Tensor tensor(HostArray values, DType dtype) {
    return Tensor.of(backend, values.to(dtype));
  }

  private static Mode mode(LayerCase one) {
    return one.training() ? Mode.train(Rng.seeded(1)) : Mode.EVAL;
  }
}
