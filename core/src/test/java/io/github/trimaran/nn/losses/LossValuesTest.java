package io.github.trimaran.nn.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.naive.NaiveArray;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.BatchNorm2d;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Losses by hand, at their kinks, and of what they refuse. */
class LossValuesTest {

  private final NaiveBackend backend = new NaiveBackend();

  private Tensor floats(double[] values, int... extents) {
    return Tensor.of(backend, values, extents);
  }

  private Tensor row(double... values) {
    return floats(values, values.length);
  }

  private Tensor labels(long... values) {
    return Tensor.of(backend, values, values.length);
  }

  private Tensor zeros(int... extents) {
    return Tensor.zeros(backend, Shape.of(extents), DType.FLOAT64);
  }

  /** Scores of two samples: probabilities 1/4 and 3/4, and one half each. */
  private Tensor logits() {
    return floats(new double[] {0, Math.log(3), 0, 0}, 2, 2);
  }

  @Test
  void crossEntropyOfLabelsAndShares() {
    Loss loss = new CrossEntropyLoss();
    assertThat(loss.of(logits(), labels(1, 0)).item())
        .isCloseTo((-Math.log(0.75) - Math.log(0.5)) / 2, within(1e-15));
    double smoothed = -0.9 * Math.log(0.75) - 0.1 * (Math.log(0.25) + Math.log(0.75)) / 2;
    assertThat(new CrossEntropyLoss().smoothing(0.1).of(logits(), labels(1, 0)).item())
        .isCloseTo((smoothed - Math.log(0.5)) / 2, within(1e-15));
    Tensor shares = floats(new double[] {0.25, 0.75, 1, 0}, 2, 2);
    double mixed = -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75);
    assertThat(loss.of(logits(), shares).item())
        .isCloseTo((mixed - Math.log(0.5)) / 2, within(1e-15));
    Tensor watched = logits().requiresGrad();
    Tensor smooth = new CrossEntropyLoss().smoothing(0.2).of(watched, shares);
    // (softmax - shares) / N, the shares smoothed: 0.8 * share + 0.1.
    assertThat(Gradients.of(smooth, watched).get(watched).toDoubles())
        .containsExactly(
            new double[] {(0.25 - 0.3) / 2, (0.75 - 0.7) / 2, (0.5 - 0.9) / 2, (0.5 - 0.1) / 2},
            within(1e-15));
  }

  @Test
  void labelsTakeTheFusedPassWhereThereIsOne() {
    NaiveBackend fusing =
        new NaiveBackend() {
          @Override
          public Optional<NaiveArray> softmaxCrossEntropy(
              NaiveArray logits, NaiveArray labels, double smoothing) {
            double[] values = new double[labels.values().shape().size()];
            Arrays.setAll(values, i -> 10 * smoothing + i);
            return Optional.of(fromHost(HostArray.of(values, labels.values().shape())));
          }
        };
    Tensor logits = Tensor.zeros(fusing, Shape.of(4, 3), DType.FLOAT64);
    Tensor labels = Tensor.of(fusing, new long[] {0, 2, 1, 1}, 4);
    CrossEntropyLoss loss = new CrossEntropyLoss();
    assertThat(loss.of(logits, labels).item()).isEqualTo(1.5);
    assertThat(loss.smoothing(0.5).of(logits, labels).item()).isEqualTo(6.5);
    assertThat(loss.ignoring(1).of(logits, labels).item()).isEqualTo(0.5);
    assertThat(loss.weights(1, 0, 3).of(logits, labels).item()).isEqualTo(0.75);
    Tensor images = Tensor.zeros(fusing, Shape.of(1, 3, 2, 2), DType.FLOAT64);
    assertThat(loss.of(images, labels.reshape(1, 2, 2)).item()).isEqualTo(1.5);
  }

  @Test
  void theMeanIsWeightedAndLeavesOutWhatIsIgnored() {
    Tensor labels = labels(1, 0, -1);
    Tensor logits = floats(new double[] {0, Math.log(3), 0, 0, 99, 7}, 3, 2);
    Loss loss = new CrossEntropyLoss().weights(2, 6).ignoring(-1);
    double first = -6 * Math.log(0.75);
    double second = -2 * Math.log(0.5);
    assertThat(loss.of(logits, labels).item()).isCloseTo((first + second) / 8, within(1e-15));
    assertThat(loss.of(logits, labels, row(1, 5, 3)).item())
        .isCloseTo((first + 5 * second) / (6 + 10), within(1e-15));
    assertThat(loss.reduction(Reduction.SUM).of(logits, labels).item())
        .isCloseTo(first + second, within(1e-15));
    assertThat(loss.reduction(Reduction.NONE).of(logits, labels).toDoubles())
        .containsExactly(new double[] {first, second, 0}, within(1e-15));
    assertThat(loss.reduction(Reduction.BATCH_MEAN).of(logits, labels).item())
        .isCloseTo((first + second) / 3, within(1e-15));
    assertThat(loss.of(logits, labels(-1, -1, -1)).item()).isNaN();
  }

  @Test
  void hinges() {
    Tensor scores = row(0.25, -2, 3, 1);
    Tensor signs = labels(1, 1, -1, 1);
    Loss each = new HingeLoss().reduction(Reduction.NONE);
    assertThat(each.of(scores, signs).toDoubles()).containsExactly(0.75, 3, 4, 0);
    assertThat(new HingeLoss().margin(2).of(scores, row(1, 1, -1, 1)).item())
        .isEqualTo((1.75 + 4 + 5 + 1) / 4);
    assertThat(new HingeEmbeddingLoss().reduction(Reduction.NONE).of(scores, signs).toDoubles())
        .containsExactly(0.25, -2, 0, 1);
  }

  @Test
  void kinksHaveTheDerivativeOfPyTorch() {
    Tensor x = row(0, 1, -1).requiresGrad();
    Tensor absolute = new L1Loss().reduction(Reduction.SUM).of(x, zeros(3));
    assertThat(Gradients.of(absolute, x).get(x).toDoubles()).containsExactly(0, 1, -1);
    Tensor huber = new HuberLoss().reduction(Reduction.SUM).of(x, zeros(3));
    assertThat(Gradients.of(huber, x).get(x).toDoubles()).containsExactly(0, 1, -1);
    Tensor hinge = new HingeLoss().reduction(Reduction.SUM).of(x, labels(1, 1, -1));
    assertThat(Gradients.of(hinge, x).get(x).toDoubles())
        .containsExactly(new double[] {-1, 0, 0}, within(0.0));
  }

  @Test
  void vectorsOfLengthZeroAndEqualOnesAreFinite() {
    Tensor zero = zeros(2, 3).requiresGrad();
    Tensor cosine = new CosineEmbeddingLoss().of(zero, zero, labels(1, -1));
    assertThat(cosine.item()).isEqualTo(0.5);
    assertThat(Gradients.of(cosine, zero).get(zero).toDoubles()).containsOnly(0);
    Tensor triplet = new TripletMarginLoss().of(zero, zero, zero);
    assertThat(triplet.item()).isEqualTo(1);
    assertThat(Gradients.of(triplet, zero).get(zero).toDoubles()).containsOnly(0);
  }

  @Test
  void likelihoodsByHand() {
    assertThat(new PoissonNLLLoss().of(row(0, 1), row(3, 2)).item())
        .isCloseTo((1 + Math.E - 2) / 2, within(1e-15));
    assertThat(new PoissonNLLLoss().plainOutputs().of(row(2), row(0)).item()).isEqualTo(2);
    double stirling = 3 * Math.log(3) - 3 + 0.5 * Math.log(6 * Math.PI);
    assertThat(new PoissonNLLLoss().full().of(row(0, 0), row(3, 1)).item())
        .isCloseTo((1 + stirling + 1) / 2, within(1e-15));
    assertThat(new GaussianNLLLoss().full().of(row(1), row(3), row(4)).item())
        .isCloseTo(0.5 * (Math.log(4) + 1 + Math.log(2 * Math.PI)), within(1e-15));
  }

  @Test
  void l2CountsWeightsOnly() {
    Sequential model =
        new Sequential(
            new Linear(1, 2)
                .weightInit(Initializers.constant(3))
                .biasInit(Initializers.constant(100)),
            new BatchNorm2d(4));
    model.init(backend, DType.FLOAT64, Rng.seeded(1));
    assertThat(Penalties.l2(model.parameters(), 0.1).item()).isCloseTo(0.9, within(1e-15));
  }

  // ---- what is refused -------------------------------------------------------------------------

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void shapesAndDtypesMustFit() {
    refused(
        () -> new MSELoss().of(zeros(4, 1), zeros(4)),
        "MSELoss: shapes differ; reshape one (outputs float64 [4, 1], targets float64 [4])");
    refused(
        () -> new HuberLoss().of(row(1), labels(1)),
        "HuberLoss: dtypes differ; convert one with to(DType) "
            + "(outputs float64 [1], targets int64 [1])");
    refused(
        () -> new L1Loss().of(labels(1), labels(1)),
        "L1Loss: outputs must be float32 or float64, are int64 [1]");
    refused(
        () -> new CrossEntropyLoss().of(zeros(3), labels(1, 2, 0)),
        "CrossEntropyLoss: takes outputs [N, C, ...] with int64 labels [N, ...] "
            + "(outputs float64 [3], targets int64 [3])");
    refused(
        () -> new CrossEntropyLoss().of(zeros(2, 3, 4), labels(1, 2)),
        "CrossEntropyLoss: takes outputs [N, C, ...] with int64 labels [N, ...] "
            + "(outputs float64 [2, 3, 4], targets int64 [2])");
    refused(
        () -> new CrossEntropyLoss().of(zeros(2, 3), zeros(2, 2)),
        "CrossEntropyLoss: shapes differ; reshape one "
            + "(outputs float64 [2, 3], targets float64 [2, 2])");
    refused(
        () -> new NLLLoss().of(zeros(2, 3), zeros(2)),
        "NLLLoss: takes outputs [N, C, ...] with int64 labels [N, ...] "
            + "(outputs float64 [2, 3], targets float64 [2])");
    refused(
        () -> new HingeLoss().of(zeros(2), Tensor.of(backend, new boolean[] {true, false}, 2)),
        "HingeLoss: targets, each 1 or -1, must be int64 or of the dtype of the outputs "
            + "(outputs float64 [2], targets bool [2])");
    refused(
        () -> new CosineEmbeddingLoss().of(zeros(2, 3), zeros(2, 3), labels(1, 1, 1)),
        "CosineEmbeddingLoss: takes vectors [N, D] with targets [N] "
            + "(first float64 [2, 3], targets int64 [3])");
    refused(
        () -> new TripletMarginLoss().of(zeros(2, 3), zeros(2, 3), zeros(2, 4)),
        "TripletMarginLoss: shapes differ; reshape one "
            + "(anchor float64 [2, 3], negative float64 [2, 4])");
    refused(
        () -> new GaussianNLLLoss().of(zeros(2, 3), zeros(2, 3), zeros(3)),
        "GaussianNLLLoss: variances must be like the outputs, or 1 in their last extent "
            + "(outputs float64 [2, 3], variances float64 [3])");
  }

  @Test
  void weightsMustFit() {
    refused(
        () -> new CrossEntropyLoss().weights(1, 2).of(zeros(2, 3), labels(0, 1)),
        "CrossEntropyLoss: 2 class weights for 3 classes (outputs [2, 3]); give one a class");
    refused(
        () -> new BCEWithLogitsLoss().positiveWeights(1, 2).of(zeros(2, 3), zeros(2, 3)),
        "BCEWithLogitsLoss: 2 positive weights do not fit outputs [2, 3]; "
            + "give one, or as many as the last extent");
    refused(
        () -> new MSELoss().of(zeros(2, 3), zeros(2, 3), zeros(3)),
        "MSELoss: weights must have the first extents of the losses, one a sample or one a loss "
            + "(losses float64 [2, 3], weights float64 [3])");
    refused(
        () -> new MSELoss().of(zeros(2, 3), zeros(2, 3), labels(1, 1)),
        "MSELoss: weights must be float64 like the outputs, or bool "
            + "(losses float64 [2, 3], weights int64 [2])");
    refused(
        () -> new CrossEntropyLoss().ignoring(-100).of(zeros(2, 3), zeros(2, 3)),
        "CrossEntropyLoss: only int64 labels can be ignored, targets are float64 [2, 3]; "
            + "give weights of 0 instead");
  }

  @Test
  void labelsMustBeClasses() {
    for (Loss loss :
        new Loss[] {new CrossEntropyLoss(), new NLLLoss(), new CrossEntropyLoss().ignoring(7)}) {
      assertThatThrownBy(() -> loss.of(zeros(2, 3), labels(0, -100)))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage(
              loss.name()
                  + ": label -100 at [1] is not from 0 to 2 (outputs [2, 3], targets [2]); "
                  + "ignoring(-100) leaves such labels out");
    }
    assertThatThrownBy(() -> new MultiMarginLoss().of(zeros(2, 3), labels(0, 3)))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage(
            "MultiMarginLoss: label 3 at [1] is not from 0 to 2 (outputs [2, 3], targets [2])");
  }

  @Test
  void settingsMustMakeSense() {
    refused(
        () -> new CrossEntropyLoss().smoothing(1.5),
        "CrossEntropyLoss: smoothing must be 0 to 1, is 1.5");
    refused(() -> new HuberLoss().delta(0), "HuberLoss: delta must be above 0, is 0.0");
    refused(
        () -> new SmoothL1Loss().beta(0),
        "SmoothL1Loss: beta must be above 0, is 0.0; for 0 take L1Loss");
    refused(
        () -> new TripletMarginLoss().norm(0.5),
        "TripletMarginLoss: norm must be at least 1, is 0.5");
    refused(
        () -> new GaussianNLLLoss().epsilon(0), "GaussianNLLLoss: epsilon must be above 0, is 0.0");
  }
}
