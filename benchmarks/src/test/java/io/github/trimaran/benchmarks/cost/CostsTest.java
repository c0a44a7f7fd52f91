package io.github.trimaran.benchmarks.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Counts worked out by hand. */
class CostsTest {

  private static double operations(String benchmark, Map<String, String> parameters) {
    return Costs.of(benchmark, parameters).orElseThrow().operations();
  }

  @Test
  void aProductTakesTwoOperationsForEachTerm() {
    Cost cost =
        Costs.of("Matmul.matmul", Map.of("shape", "2x3x4", "dtype", "float64")).orElseThrow();
    assertThat(cost.operations()).isEqualTo(48);
    assertThat(cost.bytes()).isEqualTo(8 * (6 + 12 + 8));
    assertThat(cost.intensity()).isEqualTo(48.0 / 208);
  }

  @Test
  void aConvolutionTakesItsWindowForEachOutput() {
    // 50 images, 32 filters, 32 x 32 places, windows of 3 x 7 x 7.
    double expected = 2.0 * 50 * 32 * 32 * 32 * 147;
    for (String form : new String[] {"forward", "inputGrad", "weightGrad"}) {
      assertThat(operations("Convolution." + form, Map.of("shape", "basic-cifar")))
          .isEqualTo(expected);
    }
    Cost cost = ConvolutionShape.named("residual-down").cost(Float.BYTES);
    assertThat(cost.operations()).isEqualTo(2.0 * 50 * 128 * 16 * 16 * 64 * 9);
    assertThat(cost.bytes())
        .isEqualTo(4.0 * (50 * 64 * 32 * 32 + 128 * 64 * 9 + 50 * 128 * 16 * 16));
  }

  @Test
  void aTrainingStepTakesTheConvolutionTwiceAndTheAffineMapsThreeTimes() {
    double convolution = 2.0 * 50 * 32 * 32 * 32 * 147;
    double affine = 2.0 * 50 * (8192 * 500 + 500 * 10);
    double parameters = 32 * 147 + 32 + 8192 * 500 + 500 + 500 * 10 + 10;
    assertThat(operations("TrainingStep.step", Map.of("data", "cifar", "batch", "50")))
        .isEqualTo(2 * convolution + 3 * affine + 12 * parameters);
  }

  @Test
  void aWindowOfOneChannelTakesNineTermsForEachOutput() {
    assertThat(operations("Convolution.forward", Map.of("shape", "mobile-112")))
        .isEqualTo(2.0 * 8 * 64 * 56 * 56 * 9);
  }

  @Test
  void aStepOfResNetTakesThreeTimesItsScores() {
    double one = operations("Inference.scores", Map.of("network", "resnet18"));
    assertThat(operations("TrainingStep.step", Map.of("data", "resnet18-224", "batch", "8")))
        .isEqualTo(24 * one);
  }

  @Test
  void squeezeNetTakesThePublishedNumberOfProducts() {
    // torchvision publishes 0.82 billion multiply-adds for version 1.0 at 224 pixels.
    assertThat(operations("Inference.scores", Map.of("network", "squeezenet")) / 2)
        .isCloseTo(0.82e9, Offset.offset(0.01e9));
  }

  @Test
  void resNetTakesThePublishedNumberOfProducts() {
    // torchvision publishes 1.81 billion multiply-adds for ResNet-18 at 224 pixels.
    assertThat(operations("Inference.scores", Map.of("network", "resnet18")) / 2)
        .isCloseTo(1.81e9, Offset.offset(0.01e9));
    assertThat(operations("Inference.scores", Map.of("network", "resnet18", "batch", "16")))
        .isEqualTo(16 * operations("Inference.scores", Map.of("network", "resnet18")));
  }

  @Test
  void whatHasNoFormulaHasNoCost() {
    assertThat(Costs.of("Startup.firstStep", Map.of())).isEmpty();
  }
}
