package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.BatchNormed;
import io.github.trimaran.naive.NaiveArray;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.forms.Forms;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.nn.models.Fire;
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
    public Optional<NaiveArray> conv2dBiasAdd(
        NaiveArray input,
        NaiveArray weight,
        NaiveArray bias,
        NaiveArray added,
        Conv2dGeometry geometry,
        boolean relu) {
      asked.add(relu ? "conv+add+relu" : "conv+add");
      return Optional.empty();
    }

    @Override
    public Optional<NaiveArray> conv2dBiasConcat(
        List<NaiveArray> operands, boolean relu, Conv2dGeometry... geometries) {
      asked.add(geometries.length + " conv" + (relu ? "+relu" : ""));
      return Optional.empty();
    }

    @Override
    public Optional<NaiveArray> batchNormInference(
        NaiveArray input,
        NaiveArray gamma,
        NaiveArray beta,
        NaiveArray mean,
        NaiveArray variance,
        double epsilon,
        boolean relu) {
      asked.add(relu ? "known norm+relu" : "known norm");
      return Optional.empty();
    }

    @Override
    public Optional<BatchNormed<NaiveArray>> batchNormRelu(
        NaiveArray input, NaiveArray gamma, NaiveArray beta, double epsilon) {
      asked.add("norm+relu");
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

  @Test
  void aReluBehindABatchNormIsFused() {
    Sequential model =
        new Sequential(
            new BatchNorm2d(3),
            new ReLU(),
            new NormedConv2d(new Conv2d(3, 2, 1), 2),
            new ReLU(),
            new BatchNorm2d(2),
            new Tanh());
    model.init(backend, DType.FLOAT64, Rng.seeded(1));
    Tensor x = Tensor.ones(backend, Shape.of(2, 3, 2, 2), DType.FLOAT64);
    model.forward(x);
    assertThat(backend.asked).containsExactly("known norm+relu", "known norm+relu", "known norm");
    backend.asked.clear();
    model.forward(x, Mode.train(Rng.seeded(1)));
    assertThat(backend.asked).containsExactly("norm+relu", "norm+relu");
    backend.asked.clear();
    model.freeze();
    model.forward(x, Mode.train(Rng.seeded(1)));
    assertThat(backend.asked).containsExactly("known norm+relu", "known norm+relu", "known norm");
  }

  @Test
  void theAdditionOfAResidualIsFusedOnceItsBatchNormIsFolded() {
    Layer body =
        new Sequential(
            new Conv2d(3, 4, 1), new ReLU(), new Conv2d(4, 3, 1).withoutBias(), new BatchNorm2d(3));
    Sequential model =
        new Sequential(new Residual(body), new ReLU(), new Residual(new Conv2d(3, 3, 1)));
    model.init(backend, DType.FLOAT64, Rng.seeded(1));
    Tensor x = Tensor.ones(backend, Shape.of(2, 3, 2, 2), DType.FLOAT64);
    Tensor plain = model.forward(x);
    assertThat(backend.asked).containsExactly("conv+relu", "known norm", "conv+add", "conv");
    backend.asked.clear();
    Layer folded = Forms.standard().folded(model);
    Tensor once = folded.forward(x);
    assertThat(backend.asked)
        .containsExactly("conv+relu", "conv+add+relu", "conv", "conv+add", "conv");
    assertThat(once.toDoubles()).containsExactly(plain.toDoubles(), within(1e-12));
    backend.asked.clear();
    folded.forward(x, Mode.EVAL.observedBy((path, layer, output) -> {}));
    assertThat(backend.asked).containsExactly("conv", "conv", "conv");
  }

  @Test
  void convolutionsThatAreJoinedAreFused() {
    Sequential model =
        new Sequential(
            new Concat(new Conv2d(3, 2, 1), new Conv2d(3, 4, 3).padding(1)),
            new ReLU(),
            new Concat(new Conv2d(6, 2, 1), new Conv2d(6, 2, 1).withoutBias()),
            new Concat(
                new Conv2d(4, 2, 3).padding(1).paddingMode(PaddingMode.REFLECT),
                new Conv2d(4, 2, 1)),
            new Fire(4, 2, 3));
    model.init(backend, DType.FLOAT64, Rng.seeded(1));
    Tensor x = Tensor.ones(backend, Shape.of(2, 3, 4, 4), DType.FLOAT64);
    model.forward(x);
    assertThat(backend.asked)
        .containsExactly(
            "2 conv+relu",
            "conv+relu",
            "conv+relu",
            "conv",
            "conv",
            "conv",
            "conv+relu",
            "2 conv+relu",
            "conv+relu",
            "conv+relu");
    backend.asked.clear();
    model.forward(x, Mode.EVAL.observedBy((path, layer, output) -> {}));
    assertThat(backend.asked).hasSize(8).containsOnly("conv");
  }

  @Test
  void whatDoesNotFitAConvolutionThatIsJoinedIsItsOwnError() {
    Concat model = new Concat(new Conv2d(3, 2, 1), new Conv2d(4, 2, 1));
    model.init(backend, DType.FLOAT64, Rng.seeded(1));
    Tensor x = Tensor.ones(backend, Shape.of(2, 3, 4, 4), DType.FLOAT64);
    assertThatThrownBy(() -> model.forward(x))
        .hasMessageContaining("Concat/1")
        .hasMessageContaining("input must be [N, 4, H, W], is [2, 3, 4, 4]");
  }
}
