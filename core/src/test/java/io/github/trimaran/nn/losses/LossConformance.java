package io.github.trimaran.nn.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.GradientCheck;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.io.json.Json;
import io.github.trimaran.io.json.JsonObject;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What losses must give on every backend: PyTorch's values and gradients from the table {@code
 * nn/losses.json}, derivatives of first and second order that agree with differences, and finite
 * numbers at the ends of the range.
 */
public abstract class LossConformance {

  private final Backend<?> backend;

  /** Checks this backend. */
  protected LossConformance(Backend<?> backend) {
    this.backend = backend;
  }

  @TestFactory
  final Stream<DynamicTest> table() throws IOException {
    JsonObject table;
    try (InputStream in = LossConformance.class.getResourceAsStream("/nn/losses.json")) {
      table = Json.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    Map<String, LossCases.Case> cases = LossCases.all();
    assertThat(table.names()).hasSize(cases.size() + 1).containsAll(cases.keySet());
    Stream.Builder<DynamicTest> tests = Stream.builder();
    for (Map.Entry<String, LossCases.Case> one : cases.entrySet()) {
      String name = one.getKey();
      JsonObject row = table.object(name);
      for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
        tests.add(
            DynamicTest.dynamicTest(
                name + ", " + dtype, () -> requireValues(row, one.getValue(), dtype)));
      }
      tests.add(
          DynamicTest.dynamicTest(
              name + ", differences", () -> requireDerivatives(name, row, one.getValue())));
    }
    return tests.build();
  }

  private void requireValues(JsonObject row, LossCases.Case loss, DType dtype) throws IOException {
    double tolerance = dtype == DType.FLOAT32 ? 2e-6 : 1e-13;
    try (Scope scope = Scope.open()) {
      List<Tensor> operands = new ArrayList<>();
      for (JsonObject operand : row.objects("operands")) {
        HostArray values = array(operand);
        boolean floats = values.dtype().isFloating();
        Tensor tensor = Tensor.of(backend, floats ? values.to(dtype) : values);
        operands.add(floats ? tensor.requiresGrad() : tensor);
      }
      Tensor value = loss.apply(operands);
      assertThat(value.dtype()).isEqualTo(dtype);
      requireClose(value, array(row.object("loss")), tolerance);
      List<Tensor> floats = operands.stream().filter(x -> x.dtype().isFloating()).toList();
      Gradients gradients = Gradients.vjp(value, ramp(value), floats.toArray(new Tensor[0]));
      List<JsonObject> expected = row.objects("gradients");
      for (int i = 0; i < floats.size(); i++) {
        requireClose(gradients.get(floats.get(i)), array(expected.get(i)), tolerance);
      }
    }
  }

  /** 1/4, 2/4, ... for the elements of the table's losses; 1 for one number. */
  private Tensor ramp(Tensor value) {
    double[] weights = new double[value.shape().size()];
    Arrays.setAll(weights, i -> weights.length == 1 ? 1 : (i + 1) / 4.0);
    return Tensor.of(backend, HostArray.of(weights, value.shape()).to(value.dtype()));
  }

  private static void requireClose(Tensor found, HostArray expected, double tolerance) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    double[] values = found.toDoubles();
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i])
          .as("element %d", i)
          .isCloseTo(expected.get(i), within(tolerance * Math.max(1, Math.abs(expected.get(i)))));
    }
  }

  /** Operands that are not floats stay as they are. */
  private void requireDerivatives(String name, JsonObject row, LossCases.Case loss)
      throws IOException {
    if (name.contains("least variance")) {
      return; // Its gradient passes the bound on purpose: it is not the derivative.
    }
    List<HostArray> given = new ArrayList<>();
    for (JsonObject operand : row.objects("operands")) {
      given.add(array(operand));
    }
    GradientCheck check =
        GradientCheck.of(
            backend,
            moving -> {
              List<Tensor> operands = new ArrayList<>();
              int next = 0;
              for (HostArray values : given) {
                operands.add(
                    values.dtype().isFloating() ? moving.get(next++) : Tensor.of(backend, values));
              }
              return loss.apply(operands);
            },
            given.stream().filter(a -> a.dtype().isFloating()).toArray(HostArray[]::new));
    assertThat(check.firstOrder(Rng.seeded(1)).error()).isLessThan(1e-7);
    assertThat(check.secondOrder(Rng.seeded(2)).error()).isLessThan(1e-7);
  }

  private static HostArray array(JsonObject json) throws IOException {
    int[] extents = Arrays.stream(json.integers("shape")).mapToInt(Math::toIntExact).toArray();
    HostArray values = HostArray.of(json.numbers("values"), Shape.of(extents));
    return values.to(
        Arrays.stream(DType.values())
            .filter(dtype -> dtype.label().equals(text(json)))
            .findFirst()
            .orElseThrow());
  }

  private static String text(JsonObject json) {
    try {
      return json.string("dtype");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- the ends of the range ------------------------------------------------------------------

  private Tensor floats(DType dtype, double[] values, int... extents) {
    return Tensor.of(backend, HostArray.of(values, Shape.of(extents)).to(dtype));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  final void certainLogitsCostWhatTheyAreWrongBy(DType dtype) {
    try (Scope scope = Scope.open()) {
      Tensor x = floats(dtype, new double[] {1000, 1000, -1000, -1000, 0}, 5).requiresGrad();
      Tensor y = floats(dtype, new double[] {1, 0, 1, 0, 1}, 5);
      Tensor each = new BCEWithLogitsLoss().reduction(Reduction.NONE).of(x, y);
      assertThat(each.toDoubles())
          .containsExactly(new double[] {0, 1000, 1000, 0, Math.log(2)}, within(1e-7));
      Gradients gradients = Gradients.differentiable(each.sum(), x);
      assertThat(gradients.get(x).toDoubles()).containsExactly(0, 1, -1, 0, -0.5);
      // The curvature is sigmoid(x) (1 - sigmoid(x)), at 0 too.
      assertThat(Gradients.of(gradients.get(x).sum(), x).get(x).toDoubles())
          .containsExactly(0, 0, 0, 0, 0.25);
      // log(1 + e^-x) is e^-x to many digits, and not 0.
      Tensor sure = floats(dtype, new double[] {-30}, 1);
      assertThat(new BCEWithLogitsLoss().of(sure, floats(dtype, new double[] {0}, 1)).item())
          .isCloseTo(Math.exp(-30), within(1e-6 * Math.exp(-30)));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  final void impossibleEventsOfShareZeroCostNothing(DType dtype) {
    double never = Double.NEGATIVE_INFINITY;
    try (Scope scope = Scope.open()) {
      Tensor x = floats(dtype, new double[] {never, -0.5, -1, 0}, 4).requiresGrad();
      Tensor y = floats(dtype, new double[] {0, 1, 0.5, 0}, 4).requiresGrad();
      Tensor each = new KLDivLoss().reduction(Reduction.NONE).of(x, y);
      assertThat(each.toDoubles())
          .containsExactly(new double[] {0, 0.5, 0.5 * (1 - Math.log(2)), 0}, within(1e-7));
      Gradients gradients = Gradients.of(each.sum(), List.of(x, y));
      assertThat(gradients.get(x).toDoubles()).containsExactly(0, -1, -0.5, 0);
      assertThat(gradients.get(y).toDoubles())
          .containsExactly(new double[] {0, 1.5, 2 - Math.log(2), 0}, within(1e-6));
      Tensor logs = floats(dtype, new double[] {never, 0, -Math.log(2), never}, 4);
      assertThat(new KLDivLoss().logTargets().reduction(Reduction.NONE).of(x, logs).toDoubles())
          .containsExactly(each.toDoubles(), within(1e-7));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  final void maskedLossesMayBeInfinite(DType dtype) {
    try (Scope scope = Scope.open()) {
      Tensor x = floats(dtype, new double[] {1, Double.POSITIVE_INFINITY, 3}, 3);
      Tensor y = floats(dtype, new double[] {0, 0, 0}, 3);
      Tensor mask = Tensor.of(backend, new boolean[] {true, false, true}, 3);
      assertThat(new L1Loss().of(x, y, mask).item()).isEqualTo(2);
      Tensor none = Tensor.of(backend, new boolean[] {false, false, false}, 3);
      assertThat(new L1Loss().of(x, y, none).item()).isNaN();
      assertThat(new L1Loss().reduction(Reduction.SUM).of(x, y, none).item()).isZero();
    }
  }
}
