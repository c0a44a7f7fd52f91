package io.github.trimaran.nn.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.BatchNorm1d;
import io.github.trimaran.nn.BatchNorm2d;
import io.github.trimaran.nn.Conv1d;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.NormedConv2d;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Residual;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldingTest {

  private static final Forms FORMS = Forms.standard();
  private static final Shape IMAGES = Shape.of(2, 3, 6, 6);

  /** Initialised, with values of norms that nothing can be folded by without reading them. */
  private static <L extends Layer> L trained(L layer) {
    Rng rng = Rng.seeded(5);
    layer.init(new NaiveBackend(), DType.FLOAT64, rng);
    Map<String, HostArray> values = new LinkedHashMap<>(layer.stateDict().arrays());
    values.replaceAll(
        (name, array) -> {
          if (array.dtype() == DType.INT64 || array.shape().rank() != 1) {
            return array;
          }
          HostArray drawn = HostArray.zeros(array.shape(), array.dtype());
          for (int i = 0; i < array.shape().size(); i++) {
            drawn.set(i, rng.nextDouble(0.5, 2));
          }
          return drawn;
        });
    layer.loadStateDict(StateDict.of(values));
    return layer;
  }

  private static void requireSameFunction(Layer layer, Layer folded, Shape input) {
    try (Scope scope = Scope.open("the test")) {
      Tensor x = Tensor.randn(layer.backend(), input, DType.FLOAT64, Rng.seeded(6));
      double[] expected = layer.forward(x).toHost().toDoubles();
      double[] actual = folded.forward(x).toHost().toDoubles();
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], within(1e-12 * (1 + Math.abs(expected[i]))));
      }
    }
  }

  @Test
  void aNormIsFoldedByHand() {
    Sequential layer = trained(new Sequential(new Conv2d(1, 1, 1), new BatchNorm2d(1)));
    layer.loadStateDict(
        StateDict.of(
            Map.of(
                "0.weight", one(4, Shape.of(1, 1, 1, 1)),
                "0.bias", one(1, Shape.of(1)),
                "1.weight", one(6, Shape.of(1)),
                "1.bias", one(2, Shape.of(1)),
                "1.running_mean", one(3, Shape.of(1)),
                "1.running_var", one(9 - 1e-5, Shape.of(1)),
                "1.num_batches_tracked", HostArray.of(new long[] {1}, Shape.scalar()))));
    Layer folded = FORMS.folded(layer);
    assertThat(folded.stateDict().names()).containsExactlyInAnyOrder("0.weight", "0.bias");
    // s = 6 / 3: weight 4 * 2, bias 2 + (1 - 3) * 2.
    assertThat(folded.stateDict().get("0.weight").get(0)).isCloseTo(8, within(1e-12));
    assertThat(folded.stateDict().get("0.bias").get(0)).isCloseTo(-2, within(1e-12));
  }

  private static HostArray one(double value, Shape shape) {
    return HostArray.of(new double[] {value}, shape);
  }

  @Test
  void aResidualNetworkKeepsItsFunctionAndNames() {
    Layer body =
        new Sequential(
            new Conv2d(4, 4, 3).padding(1).withoutBias(),
            new BatchNorm2d(4).epsilon(0.01),
            new ReLU(),
            new Conv2d(4, 4, 3).padding(1).groups(2),
            new BatchNorm2d(4).withoutAffine());
    Layer shortcut = new Sequential(new Conv2d(4, 4, 1), new BatchNorm2d(4).withoutWeight());
    Sequential net =
        trained(
            Sequential.builder()
                .add("first", new NormedConv2d(new Conv2d(3, 4, 3), 4))
                .add("relu", new ReLU())
                .add("block", new Residual(body, shortcut))
                .add("flat", new Flatten())
                .add("fc", new Linear(64, 5))
                .add("norm", new BatchNorm1d(5))
                .build());
    Layer folded = FORMS.folded((Layer) net);
    requireSameFunction(net, folded, IMAGES);
    assertThat(folded.stateDict().names())
        .containsExactlyInAnyOrder(
            "first.weight",
            "first.bias",
            "block.body.0.weight",
            "block.body.0.bias",
            "block.body.3.weight",
            "block.body.3.bias",
            "block.shortcut.0.weight",
            "block.shortcut.0.bias",
            "fc.weight",
            "fc.bias");
  }

  @Test
  void linesAreFoldedToo() {
    Layer net = trained(new Sequential(new Conv1d(3, 4, 3), new BatchNorm1d(4), new ReLU()));
    Layer folded = FORMS.folded(net);
    requireSameFunction(net, folded, Shape.of(2, 3, 9));
    assertThat(folded.stateDict().names()).containsExactlyInAnyOrder("0.weight", "0.bias");
  }

  @Test
  void whatIsNotDirectlyBehindStays() {
    Layer net =
        trained(
            new Sequential(
                new BatchNorm2d(3),
                new Conv2d(3, 4, 1),
                new ReLU(),
                new BatchNorm2d(4),
                new Conv2d(4, 4, 1),
                new BatchNorm2d(4).withoutRunningStatistics()));
    Layer folded = FORMS.folded(net);
    requireSameFunction(net, folded, IMAGES);
    assertThat(folded.stateDict().names()).isEqualTo(net.stateDict().names());
  }

  @Test
  void theOriginalStaysAsItIs() {
    Layer net = trained(new Sequential(new Conv2d(3, 4, 1), new BatchNorm2d(4)));
    StateDict before = net.stateDict();
    FORMS.folded(net).close();
    assertThat(net.stateDict()).isEqualTo(before);
  }

  @Test
  void tiedWeightsCannotBeFolded() {
    Layer tied = new Sequential(new Conv2d(3, 3, 1), new BatchNorm2d(3), new Conv2d(3, 3, 1));
    tied.tie("2.weight", "0.weight");
    trained(tied);
    assertThatThrownBy(() -> FORMS.folded(tied))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("batch norm cannot be folded into tied weights");
  }
}
