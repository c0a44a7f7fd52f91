package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveArray;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which layers are handed to the backend as one operation. */
class FusionTest {

  /** Notes what it is asked to fuse, and fuses nothing. */
  private static final class Noting extends NaiveBackend {

    final List<String> asked = new ArrayList<>();

    @Override
    public Optional<NaiveArray> conv2dBias(
        NaiveArray input,
        NaiveArray weight,
        NaiveArray bias,
        Conv2dGeometry geometry,
        boolean relu) {
      asked.add(relu ? "conv+relu" : "conv");
      return Optional.empty();
    }

    @Override
    public Optional<NaiveArray> linear(
        NaiveArray input, NaiveArray weight, NaiveArray bias, boolean relu) {
      asked.add(relu ? "linear+relu" : "linear");
      return Optional.empty();
    }
  }

  private final Noting backend = new Noting();
  private final BasicConvNet model =
      new BasicConvNet(
          BasicConvNet.Settings.defaults(Shape.of(1, 6, 6)).withFilterSize(3).withHidden(4));

  private Tensor images() {
    model.init(backend, DType.FLOAT64, Rng.seeded(1));
    return Tensor.ones(backend, Shape.of(2, 1, 6, 6), DType.FLOAT64);
  }

  @Test
  void aReluDirectlyBehindIsFused() {
    model.forward(images());
    assertThat(backend.asked).containsExactly("conv+relu", "linear+relu", "linear");
  }

  @Test
  void nothingIsFusedWhereSomebodyLooks() {
    model.forward(images(), Mode.EVAL.observedBy((path, layer, output) -> {}));
    assertThat(backend.asked).containsExactly("conv", "linear", "linear");
  }
}
