package io.github.trimaran.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.diagnostics.Profile;
import io.github.trimaran.diagnostics.ProfilingBackend;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.onnx.file.GraphReader;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A ReLU goes with the convolution or product before it, unless somebody wants what is between. */
class RectifiedTest {

  /** Two convolutions, one without a bias, and a product, each with a ReLU behind. */
  private static byte[] file() {
    return new ModelBuilder(17)
        .input("x", 1, -1, 2, 5, 5)
        .initialiser("a", OperatorCase.random(3, 2, 3, 3))
        .initialiser("a_bias", OperatorCase.random(3))
        .initialiser("b", OperatorCase.random(4, 3, 3, 3))
        .initialiser("c", OperatorCase.random(6, 4))
        .initialiser("c_bias", OperatorCase.random(6))
        .node("Conv", List.of("x", "a", "a_bias"), List.of("conv1"))
        .node("Relu", List.of("conv1"), List.of("relu1"))
        .node("Conv", List.of("relu1", "b"), List.of("conv2"))
        .node("Relu", List.of("conv2"), List.of("relu2"))
        .node("Flatten", List.of("relu2"), List.of("flat"))
        .node(
            "Gemm",
            List.of("flat", "c", "c_bias"),
            List.of("gemm"),
            ModelBuilder.attribute("transB", 1))
        .node("Relu", List.of("gemm"), List.of("y"))
        .output("y")
        .build();
  }

  private static OnnxModel model(byte[] file) throws IOException {
    return new OnnxModel(GraphReader.read(ByteBuffer.wrap(file), Path.of("model")));
  }

  @Test
  void oneOperationDoesBoth() throws IOException {
    Profile profile = new Profile();
    try (Backend<?> cpu = Backends.get("cpu");
        OnnxModel model = model(file());
        Scope scope = Scope.open()) {
      Backend<?> backend = ProfilingBackend.wrap(cpu, profile);
      model.init(backend, DType.FLOAT32, Rng.seeded(29));
      Tensor x = Tensor.of(backend, OperatorCase.random(3, 2, 5, 5));
      HostArray y = model.forward(x).toHost();
      // The second convolution has no bias: its ReLU is an operation.
      assertThat(calls(profile, "relu")).isEqualTo(1);

      Map<String, Tensor> inside =
          model.values(Map.of("x", x), List.of("conv1", "gemm", "y"), Mode.EVAL);
      assertThat(calls(profile, "relu")).isEqualTo(1 + 3);
      assertThat(inside.get("y").toHost()).isEqualTo(y);
      assertThat(inside.get("gemm").relu().toHost()).isEqualTo(y);
      assertThat(inside.get("conv1").less(0).any().item()).isEqualTo(1);
    }
  }

  private static long calls(Profile profile, String operation) {
    return profile.entries().stream()
        .filter(entry -> entry.operation().equals(operation))
        .mapToLong(Profile.Entry::calls)
        .sum();
  }
}
