package io.github.trimaran.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import org.junit.jupiter.api.Test;

/** Tensors, their nodes, backends and generators say what they are. */
class DescriptionsTest {

  private final NaiveBackend backend = new NaiveBackend();

  @Test
  void aTensorPrintsItsValues() {
    Tensor x = Tensor.of(backend, new float[][] {{1, 2}, {3, 4.25f}});
    assertThat(x).hasToString("[[1.   2.  ]\n [3.   4.25]]\nfloat32 [2, 2] on naive");
    assertThat(x.describe()).isEqualTo("float32 [2, 2] on naive");
    assertThat(x.sum()).hasToString("10.25 float32 [] on naive");
  }

  @Test
  void aClosedOneSaysSo() {
    Tensor x = Tensor.of(backend, 1, 2);
    x.close();
    assertThat(x).hasToString("int64 [2] on naive, closed");
  }

  @Test
  void aNodeSaysWhatWasDone() {
    Tensor x = Tensor.scalar(backend, 1, DType.FLOAT64).requiresGrad();
    assertThat(x.gradFn()).hasToString("leaf float64 []");
    assertThat(x.exp().gradFn()).hasToString("exp float64 []");
  }

  @Test
  void backendsAndGeneratorsSayWhatTheyAre() {
    assertThat(backend).hasToString("naive on this JVM (1 thread, plain loops)");
    Rng rng = Rng.seeded(1);
    assertThat(rng).hasToString("Rng at state " + rng.state());
  }
}
