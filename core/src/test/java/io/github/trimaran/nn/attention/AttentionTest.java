package io.github.trimaran.nn.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Attention against values by hand, its masks, and what it refuses. */
class AttentionTest {

  private static final AttentionMask NONE = AttentionMask.none();

  private final NaiveBackend backend = new NaiveBackend();
  private final Rng rng = Rng.seeded(7);

  private Tensor random(int... extents) {
    Shape shape = Shape.of(extents);
    return Tensor.of(backend, HostArray.of(rng.doubles(shape.size(), -1, 1).toArray(), shape));
  }

  private <M extends Model> M initialised(M model) {
    model.init(backend, DType.FLOAT64, Rng.seeded(3));
    return model;
  }

  private Tensor row(double... values) {
    return Tensor.of(backend, values, values.length, 1);
  }

  /** Of width 1, scores are products: the weights of ln 3 and 0 are 3/4 and 1/4. */
  @Test
  void byHand() {
    double ln3 = Math.log(3);
    Tensor y = Attention.scaledDotProduct(row(1, 0), row(ln3, 0), row(4, 8));
    assertThat(y.toDoubles()).containsExactly(new double[] {5, 6}, within(1e-14));
    assertThat(
            Attention.scaledDotProduct(row(1, 0), row(ln3, 0), row(4, 8), AttentionMask.causal())
                .toDoubles())
        .containsExactly(new double[] {4, 6}, within(1e-14));
    Tensor added = Tensor.of(backend, new double[] {0, ln3, 0, Double.NEGATIVE_INFINITY}, 2, 2);
    assertThat(
            Attention.scaledDotProduct(row(1, 0), row(ln3, 0), row(4, 8), AttentionMask.of(added))
                .toDoubles())
        .containsExactly(new double[] {6, 4}, within(1e-14));
    // Of width 4, scores are halved: ln 9 becomes ln 3.
    Tensor q = Tensor.of(backend, new double[] {1, 1, 1, 1}, 1, 4);
    Tensor k = Tensor.of(backend, new double[] {ln3, ln3, 0, 0, 0, 0, 0, 0}, 2, 4);
    assertThat(Attention.scaledDotProduct(q, k, row(4, 8)).toDoubles())
        .containsExactly(new double[] {5}, within(1e-14));
  }

  @Test
  void aQueryWithoutKeysGivesZeroAndItsGradientsAreNumbers() {
    for (Tensor mask :
        new Tensor[] {
          Tensor.of(backend, new boolean[] {true, true, false, true}, 2, 2),
          Tensor.of(
              backend,
              new double[] {
                Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, Double.NEGATIVE_INFINITY
              },
              2,
              2)
        }) {
      Tensor q = row(1, 2).requiresGrad();
      Tensor k = row(3, 4).requiresGrad();
      Tensor v = row(5, 6).requiresGrad();
      Tensor y = Attention.scaledDotProduct(q, k, v, AttentionMask.of(mask));
      assertThat(y.toDoubles()).containsExactly(0, 5);
      Gradients gradients = Gradients.of(y.sum(), q, k, v);
      assertThat(gradients.get(q).toDoubles()).containsExactly(0, 0);
      assertThat(gradients.get(k).toDoubles()).containsExactly(0, 0);
      assertThat(gradients.get(v).toDoubles()).containsExactly(1, 0);
    }
  }

  @Test
  void aSampleThatIsAllPaddingGivesNoNaN() {
    MultiHeadAttention attention = initialised(new MultiHeadAttention(4, 2).batchFirst());
    Tensor x = random(2, 3, 4);
    Tensor padding = Tensor.of(backend, new boolean[] {true, true, true, false, false, true}, 2, 3);
    AttentionMask mask = AttentionMask.causal().keyPadding(padding);
    Attention.Output y = attention.forwardWithWeights(x, x, x, mask, Mode.EVAL);
    assertThat(Arrays.stream(y.output().toDoubles())).allMatch(Double::isFinite);
    assertThat(y.weights().sum(-1).toDoubles())
        .containsExactly(new double[] {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}, within(1e-15));
  }

  @Test
  void theCausalMaskLeavesTheFutureOut() {
    TransformerEncoderLayer layer =
        initialised(new TransformerEncoderLayer(4, 2).feedForward(8).batchFirst());
    Tensor x = random(2, 5, 4);
    Tensor whole = layer.forward(x, AttentionMask.causal(), Mode.EVAL);
    Tensor start = layer.forward(x.narrow(1, 0, 3), AttentionMask.causal(), Mode.EVAL);
    assertThat(start.toDoubles()).containsExactly(whole.narrow(1, 0, 3).toDoubles(), within(1e-14));
  }

  @Test
  void formsOfMasksMeanTheSame() {
    MultiHeadAttention attention = initialised(new MultiHeadAttention(4, 2));
    Tensor x = random(3, 2, 4);
    boolean[] later = {false, true, true, false, false, true, false, false, false};
    boolean[] everyHead = new boolean[4 * 9];
    for (int i = 0; i < everyHead.length; i++) {
      everyHead[i] = later[i % 9];
    }
    double[] expected = attention.forward(x, AttentionMask.causal(), Mode.EVAL).toDoubles();
    for (Tensor mask :
        new Tensor[] {
          Tensor.of(backend, later, 3, 3),
          Tensor.of(backend, later, 1, 1, 3, 3),
          Tensor.of(backend, everyHead, 4, 3, 3)
        }) {
      assertThat(attention.forward(x, AttentionMask.of(mask), Mode.EVAL).toDoubles())
          .containsExactly(expected, within(1e-15));
    }
  }

  /** The weights that survive dropout of one half are doubled. */
  @Test
  void dropoutIsOfTheWeights() {
    MultiHeadAttention attention = initialised(new MultiHeadAttention(4, 2).dropout(0.5));
    Tensor x = random(6, 3, 4);
    double[] weights = attention.forwardWithWeights(x, x, x, NONE, Mode.EVAL).weights().toDoubles();
    double[] dropped =
        attention
            .forwardWithWeights(x, x, x, NONE, Mode.train(Rng.seeded(1)))
            .weights()
            .toDoubles();
    int zeros = 0;
    for (int i = 0; i < weights.length; i++) {
      zeros += dropped[i] == 0 ? 1 : 0;
      assertThat(dropped[i]).isIn(0.0, 2 * weights[i]);
    }
    // Five standard deviations around half of 216.
    assertThat(zeros).isBetween(108 - 37, 108 + 37);
  }

  @Test
  void namesShapesAndFirstValuesAreAsInPyTorch() {
    MultiHeadAttention attention = initialised(new MultiHeadAttention(64, 4));
    assertThat(attention.shapes().keySet())
        .containsExactly("in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias");
    assertThat(attention.stateDict().get("in_proj_bias").toDoubles()).containsOnly(0);
    assertThat(attention.stateDict().get("out_proj.bias").toDoubles()).containsOnly(0);
    double[] weight = attention.stateDict().get("in_proj_weight").toDoubles();
    double bound = Math.sqrt(6.0 / (64 + 192));
    assertThat(Arrays.stream(weight).map(Math::abs).max().orElseThrow())
        .isBetween(0.99 * bound, bound);
    assertThat(new MultiHeadAttention(8, 2).keyWidth(5).withoutBias().shapes())
        .containsEntry("q_proj_weight", Shape.of(8, 8))
        .containsEntry("k_proj_weight", Shape.of(8, 5))
        .containsEntry("v_proj_weight", Shape.of(8, 8))
        .containsEntry("out_proj.weight", Shape.of(8, 8))
        .hasSize(4);
    assertThat(new TransformerDecoder(new TransformerDecoderLayer(8, 2), 2).shapes())
        .containsEntry("layers.1.multihead_attn.in_proj_weight", Shape.of(24, 8))
        .containsEntry("layers.0.linear1.weight", Shape.of(2048, 8))
        .containsEntry("layers.0.norm3.bias", Shape.of(8));
    assertThat(new MultiHeadAttention(8, 2).batchFirst().dropout(0.1))
        .hasToString(
            "MultiHeadAttention(8, heads 2, dropout 0.1, batch first\n"
                + "  (out_proj): Linear(8, 8)\n)");
  }

  @Test
  void layersOfAStackDrawValuesOfTheirOwn() {
    TransformerEncoder encoder =
        initialised(new TransformerEncoder(new TransformerEncoderLayer(8, 2).feedForward(8), 2));
    assertThat(encoder.stateDict().get("layers.0.linear1.weight"))
        .isNotEqualTo(encoder.stateDict().get("layers.1.linear1.weight"));
  }

  @Test
  void badInputIsRefusedInOneLine() {
    MultiHeadAttention attention = initialised(new MultiHeadAttention(4, 2));
    Tensor x = random(3, 2, 4);
    assertThatThrownBy(() -> attention.forward(random(3, 4), Mode.EVAL))
        .hasMessage(
            "MultiHeadAttention: query must be [T, N, 4], is [3, 4] (in MultiHeadAttention)");
    assertThatThrownBy(() -> attention.forward(x, random(5, 3, 4), random(5, 3, 4), Mode.EVAL))
        .hasMessage(
            "MultiHeadAttention: query, key and value must be of one batch, key and value of one"
                + " length, are [3, 2, 4], [5, 3, 4] and [5, 3, 4]; where the batch comes first use"
                + " batchFirst() (in MultiHeadAttention)");
    Tensor wrong = Tensor.of(backend, new boolean[12], 3, 4);
    assertThatThrownBy(() -> attention.forward(x, AttentionMask.of(wrong), Mode.EVAL))
        .hasMessage(
            "attention: mask [3, 4] does not fit the scores [2, 2, 3, 3]; make it [T, S] = [3, 3],"
                + " or [N heads, T, S] (in MultiHeadAttention)");
    assertThatThrownBy(() -> attention.forward(x, NONE.keyPadding(wrong), Mode.EVAL))
        .hasMessage(
            "attention: key padding must be [N, S] = [2, 3], is [3, 4] (in MultiHeadAttention)");
    assertThatThrownBy(() -> NONE.keyPadding(random(3)))
        .hasMessage("attention: key padding must be [N, S], is [3]");
    assertThatThrownBy(() -> AttentionMask.of(Tensor.of(backend, new long[9], 3, 3)))
        .hasMessage(
            "attention: mask must be BOOL, true for what may not be attended to, or floats to add,"
                + " is INT64 [3, 3]; cast it");
    assertThatThrownBy(() -> Attention.scaledDotProduct(random(3, 4), random(3, 5), random(3, 4)))
        .hasMessageStartingWith("attention: must be queries [..., T, D], keys [..., S, D]");
    assertThatThrownBy(() -> new MultiHeadAttention(6, 4))
        .hasMessage("MultiHeadAttention: the width must be a multiple of the heads, are 6 and 4");
    assertThatThrownBy(() -> new TransformerEncoderLayer(6, 4)).hasMessageContaining("multiple");
    assertThatThrownBy(() -> new TransformerEncoder(new TransformerEncoderLayer(4, 2), 0))
        .hasMessage("TransformerEncoder: layers must be at least 1, are 0");
    assertThatThrownBy(() -> attention.batchFirst()).hasMessageContaining("before");
  }
}
