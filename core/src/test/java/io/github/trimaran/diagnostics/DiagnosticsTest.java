package io.github.trimaran.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.tensor.LayerPath;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DiagnosticsTest {

  private static double lossAndStep(Backend<?> backend) {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(backend, new float[] {1, -2, 3, 4}, 2, 2);
      Tensor w = Tensor.of(backend, new float[] {1, 2, 3, 4}, 2, 2).requiresGrad();
      Tensor loss;
      try (LayerPath path = LayerPath.enter("net/fc1")) {
        loss = x.matmul(w).relu().sum();
      }
      w.assign(w.sub(Gradients.of(loss, w).get(w)));
      return loss.item();
    }
  }

  @Test
  void profileCountsCallsByOperationAndLayer() {
    Profile profile = new Profile();
    Backend<?> backend = ProfilingBackend.wrap(new NaiveBackend(), profile);

    lossAndStep(backend);

    assertThat(profile.entries())
        .filteredOn(e -> e.operation().equals("matmul"))
        .singleElement()
        .satisfies(
            e -> {
              // Forward once; backward once, for w only, and for the same layer.
              assertThat(e.calls()).isEqualTo(2);
              assertThat(e.layer()).isEqualTo("net/fc1");
              assertThat(e.nanos()).isPositive();
            });
    assertThat(profile.entries()).noneMatch(e -> e.operation().equals("relu"));
    assertThat(profile.table()).contains("share", "matmul", "net/fc1");
    assertThat(backend.liveArrays()).isZero();
  }

  /** By hand, in float32 of 4 bytes and indices of 8. */
  @Test
  void profileCountsTheBytesOfTheValuesThatALayerMakes() {
    Profile profile = new Profile();
    Backend<?> backend = ProfilingBackend.wrap(new NaiveBackend(), profile);
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.zeros(backend, Shape.of(5, 3), DType.FLOAT32); // outside the layer
      try (LayerPath path = LayerPath.enter("net/fc1")) {
        Tensor y = x.matmul(Tensor.zeros(backend, Shape.of(3, 7), DType.FLOAT32)); // 3 * 7, 5 * 7
        y.reshape(7, 5).neg(); // shown anew, then 7 * 5
        y.argMax(1); // 5 indices
        y.exp(); // 5 * 7
        y.exp(); // and again
      }
    }
    assertThat(bytes(profile, "net/fc1"))
        .containsOnly(
            Map.entry("full", 4L * 3 * 7),
            Map.entry("matmul", 4L * 5 * 7),
            Map.entry("reshape", 0L),
            Map.entry("neg", 4L * 7 * 5),
            Map.entry("argMax", 8L * 5),
            Map.entry("exp", 2 * 4L * 5 * 7));
    assertThat(bytes(profile, "")).containsOnly(Map.entry("full", 4L * 5 * 3));
  }

  private static Map<String, Long> bytes(Profile profile, String layer) {
    return profile.entries().stream()
        .filter(entry -> entry.layer().equals(layer))
        .collect(Collectors.toMap(Profile.Entry::operation, Profile.Entry::bytes));
  }

  @Test
  void checkingPassesTwoBackendsThatAgreeAndReleasesBothSides() {
    NaiveBackend subject = new NaiveBackend();
    NaiveBackend reference = new NaiveBackend();

    double loss = lossAndStep(CheckingBackend.wrap(subject, reference, 1e-5));

    // x w = [[-5, -6], [15, 22]].
    assertThat(loss).isEqualTo(37);
    assertThat(subject.liveArrays()).isZero();
    assertThat(reference.liveArrays()).isZero();
  }

  @Test
  void closingADecoratorClosesWhatIsInIt() {
    NaiveBackend subject = new NaiveBackend();
    NaiveBackend reference = new NaiveBackend();
    Profile profile = new Profile();
    Backend<?> decorated =
        ProfilingBackend.wrap(CheckingBackend.wrap(subject, reference, 1e-5), profile);
    Tensor kept = Tensor.scalar(decorated, 1, DType.FLOAT32);

    decorated.close();

    assertThat(subject.isClosed()).isTrue();
    assertThat(reference.isClosed()).isTrue();
    assertThat(decorated.isClosed()).isTrue();
    assertThat(profile.entries()).noneMatch(e -> e.operation().equals("close"));
    assertThatThrownBy(kept::item)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "tensor "
                + kept.describe()
                + " went with its backend naive, which was closed; read what is to be kept before"
                + " that");
    assertThatThrownBy(() -> Tensor.scalar(decorated, 1, DType.FLOAT32))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("backend naive was closed; make another one with Backends.get(\"naive\")");
  }

  @Test
  void checkingNamesTheFirstOperationThatDiffersWithShapesAndPlace() {
    NaiveBackend sound = new NaiveBackend();
    Backend<?> broken = withNegatedResult(new NaiveBackend(), "matmul");

    assertThatThrownBy(() -> lossAndStep(CheckingBackend.wrap(broken, sound, 1e-5)))
        .isInstanceOf(DisagreementException.class)
        .hasMessageContaining("matmul in net/fc1")
        .hasMessageContaining("element 3 is -22")
        .hasMessageContaining("expected 22")
        .hasMessageContaining("operands [2, 2], [2, 2]");
    assertThat(sound.liveArrays()).isZero();
    assertThat(broken.liveArrays()).isZero();
  }

  /** A backend one of whose operations gives the negative of what it should. */
  private static Backend<?> withNegatedResult(NaiveBackend backend, String operation) {
    return (Backend<?>)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(backend, arguments);
                if (!method.getName().equals(operation)) {
                  return result;
                }
                Object negated =
                    Backend.class.getMethod("neg", Object.class).invoke(backend, result);
                Backend.class.getMethod("release", Object.class).invoke(backend, result);
                return negated;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
