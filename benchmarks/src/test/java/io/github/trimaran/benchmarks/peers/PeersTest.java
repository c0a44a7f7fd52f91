package io.github.trimaran.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.benchmarks.cost.Workload;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that does not do the whole work would be fast: each must learn what it is shown. */
@Tag("one-jdk")
class PeersTest {

  /** A batch that is small and soon learnt by heart. */
  private static final Workload WORKLOAD = Workload.of("mnist", 10);

  @ParameterizedTest
  @ValueSource(
      strings = {"cpu", "nd4j", "djl", "peer-djl", "peer-djl-hand", "peer-nd4j", "peer-dl4j"})
  void trainingStepsLearnTheirBatch(String by) {
    TrainingStep step = TrainingSteps.of(by, DType.FLOAT32, WORKLOAD);
    double first = step.take();
    double last = first;
    for (int i = 0; i < 30; i++) {
      last = step.take();
    }
    assertThat(last).isLessThan(first / 2);
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({
    "cpu, resnet18-32, 4",
    "peer-djl, resnet18-32, 4",
    "cpu, gpt, 2",
    "djl, gpt, 2",
    "peer-djl, gpt, 2"
  })
  void stepsOfLargerNetworksLearnTheirBatch(String by, String data, int batch) {
    TrainingStep step = TrainingSteps.of(by, DType.FLOAT32, data, batch);
    double first = step.take();
    double last = first;
    for (int i = 0; i < 12; i++) {
      last = step.take();
    }
    assertThat(last).isLessThan(0.9 * first);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "peer-djl"})
  void styleIterationsDescend(String by) {
    TrainingStep step = StyleStep.of(by, DType.FLOAT32, 64);
    double first = step.take();
    double last = first;
    for (int i = 0; i < 20; i++) {
      last = step.take();
    }
    assertThat(last).isLessThan(0.9 * first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "peer-onnxruntime", "peer-djl", "peer-djl-hand", "peer-dl4j"})
  void inferenceGivesAScoreForEachClass(String by) {
    Object scores = Inference.of(by, DType.FLOAT32, "mnist", 1, 64).run();
    int size = scores instanceof HostArray ours ? ours.shape().size() : ((float[]) scores).length;
    assertThat(size).isEqualTo(10);
  }

  @Test
  void squeezeNetGivesAScoreForEachClass() {
    Object scores = Inference.of("peer-djl-hand", DType.FLOAT32, "squeezenet", 1, 64).run();
    assertThat((float[]) scores).hasSize(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cifar", "squeezenet", "resnet18", "mobilenet"})
  void onnxRuntimeComputesTheSameNetwork(String network) {
    float[] theirs =
        (float[]) Inference.of("peer-onnxruntime", DType.FLOAT32, network, 2, 64).run();
    HostArray ours = (HostArray) Inference.of("cpu", DType.FLOAT32, network, 2, 64).run();
    assertThat(theirs).containsExactly(ours.floats(), Offset.offset(1e-3f));
  }

  @Test
  void peersComputeInFloat32Only() {
    assertThatThrownBy(() -> TrainingSteps.of("peer-djl", DType.FLOAT64, WORKLOAD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("peer-djl: peers compute in float32, not float64");
  }
}
