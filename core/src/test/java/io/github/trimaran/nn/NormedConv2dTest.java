package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NormedConv2dTest {

  private final Backend<?> backend = new NaiveBackend();

  /**
   * One weight of 3, then scale 2, mean 5 and variance 4 (less epsilon): {@code (3 x - 5) / 2 * 2 +
   * 1 = 3 x - 4}.
   */
  @Test
  void foldsByHand() {
    Map<String, HostArray> trained = new LinkedHashMap<>();
    trained.put("a.conv.weight", HostArray.of(new double[] {3}, Shape.of(1, 1, 1, 1)));
    trained.put("a.norm.weight", HostArray.of(new double[] {2}, Shape.of(1)));
    trained.put("a.norm.bias", HostArray.of(new double[] {1}, Shape.of(1)));
    trained.put("a.norm.running_mean", HostArray.of(new double[] {5}, Shape.of(1)));
    trained.put("a.norm.running_var", HostArray.of(new double[] {4 - 1e-5}, Shape.of(1)));
    trained.put("b.bias", HostArray.of(new double[] {7}, Shape.of(1)));
    StateDict folded = NormedConv2d.fold(StateDict.of(trained, Map.of("note", "kept")));
    assertThat(folded.names()).containsExactly("a.weight", "a.bias", "b.bias");
    assertThat(folded.get("a.weight").get(0)).isCloseTo(3, within(1e-12));
    assertThat(folded.get("a.bias").get(0)).isCloseTo(-4, within(1e-12));
    assertThat(folded.get("b.bias").get(0)).isEqualTo(7);
    assertThat(folded.metadata()).containsEntry("note", "kept");
  }

  @Test
  void saysWhatIsMissing() {
    Map<String, HostArray> weights = new LinkedHashMap<>();
    weights.put("a.conv.weight", HostArray.of(new double[] {3}, Shape.of(1, 1, 1, 1)));
    weights.put("a.norm.running_var", HostArray.of(new double[] {4}, Shape.of(1)));
    StateDict trained = StateDict.of(weights);
    assertThatThrownBy(() -> NormedConv2d.fold(trained))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fold: no 'a.norm.running_mean' among the weights");
  }

  /** The plain network with folded weights computes what the trained one computes in evaluation. */
  @Test
  void aFoldedSqueezeNetGivesTheScoresOfTheTrainedOne() {
    Rng rng = Rng.seeded(7);
    double[] pixels = rng.fork("image").doubles(2 * 3 * 32 * 32, -1, 1).toArray();
    try (SqueezeNet trained = SqueezeNet.normed(4);
        SqueezeNet plain = new SqueezeNet(SqueezeNet.Version.SMALL, 4);
        Scope scope = Scope.open()) {
      trained.init(backend, DType.FLOAT64, rng.fork("weights"));
      Tensor x = Tensor.of(backend, HostArray.of(pixels, Shape.of(2, 3, 32, 32)));
      // Moves the running statistics away from their start.
      trained.forward(x, Mode.train(rng.fork("training")));
      plain.init(backend, DType.FLOAT64, NormedConv2d.fold(trained.stateDict()));
      double[] expected = trained.forward(x).toDoubles();
      assertThat(plain.forward(x).toDoubles()).containsExactly(expected, within(1e-9));
      assertThat(expected[0]).isNotZero();
    }
  }
}
