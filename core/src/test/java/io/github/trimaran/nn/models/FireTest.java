package io.github.trimaran.nn.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Convolution;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FireTest {

  private final NaiveBackend backend = new NaiveBackend();

  private Tensor convolved(Fire fire, String part, Tensor x, int padding) {
    Tensor weight = Tensor.of(backend, fire.stateDict().get(part + ".weight"));
    Tensor bias = Tensor.of(backend, fire.stateDict().get(part + ".bias"));
    return Convolution.conv2d(x, weight, bias, Conv2dGeometry.of(1, padding), false);
  }

  @Test
  void anObserverSeesWhatEachConvolutionGivesBeforeItsReLU() {
    try (Fire fire = new Fire(2, 3, 2);
        Scope scope = Scope.open()) {
      fire.init(backend, DType.FLOAT64, Rng.seeded(1));
      Tensor x = Tensor.randn(backend, Shape.of(2, 2, 4, 4), DType.FLOAT64, Rng.seeded(2));
      Map<String, HostArray> seen = new LinkedHashMap<>();
      Mode observed =
          Mode.EVAL.observedBy((path, part, outputs) -> seen.put(path, outputs.get(0).toHost()));
      Tensor output = fire.forward(x, observed);

      Tensor squeezed = convolved(fire, "squeeze", x, 0);
      Tensor one = convolved(fire, "expand1x1", squeezed.relu(), 0);
      Tensor three = convolved(fire, "expand3x3", squeezed.relu(), 1);
      assertThat(seen)
          .containsEntry("Fire/squeeze", squeezed.toHost())
          .containsEntry("Fire/expand1x1", one.toHost())
          .containsEntry("Fire/expand3x3", three.toHost())
          .containsEntry("Fire", output.toHost());
      assertThat(Arrays.stream(squeezed.toDoubles()).min().orElseThrow()).isNegative();
      assertThat(output.toHost())
          .isEqualTo(Tensor.concat(List.of(one.relu(), three.relu()), 1).toHost())
          .isEqualTo(fire.forward(x, Mode.EVAL).toHost());
    }
  }
}
