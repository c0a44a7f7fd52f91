package io.github.trimaran.onnx;

import static io.github.trimaran.onnx.ModelBuilder.attribute;
import static io.github.trimaran.onnx.OperatorCase.floats;
import static io.github.trimaran.onnx.OperatorCase.longs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.onnx.file.GraphReader;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operators where ONNX Runtime has nothing, or something else than ONNX says: values by hand. */
class HandValuesTest {

  private static OnnxModel model(ModelBuilder builder) throws IOException {
    return new OnnxModel(GraphReader.read(ByteBuffer.wrap(builder.build()), Path.of("hand")));
  }

  private static double[] values(
      int opset, String operator, HostArray x, ModelBuilder.Message... settings)
      throws IOException {
    ModelBuilder builder =
        new ModelBuilder(opset)
            .input("x", 1, x.shape().dims())
            .node(operator, List.of("x"), List.of("y"), settings)
            .output("y");
    return values(builder, x);
  }

  private static double[] values(ModelBuilder builder, HostArray x) throws IOException {
    try (Backend<?> backend = Backends.get("cpu");
        OnnxModel model = model(builder);
        Scope scope = Scope.open()) {
      model.init(backend, DType.FLOAT32, Rng.seeded(0));
      return model.forward(Tensor.of(backend, x)).toDoubles();
    }
  }

  @Test
  void averagesCountThePaddingAtBothEnds() throws IOException {
    HostArray x = floats(1, 2, 3).reshape(Shape.of(1, 1, 3));
    double[] found =
        values(
            19,
            "AveragePool",
            x,
            attribute("kernel_shape", new int[] {3}),
            attribute("dilations", new int[] {2}),
            attribute("pads", new int[] {2, 1}),
            attribute("count_include_pad", 1));
    assertThat(found).containsExactly(new double[] {4.0 / 3, 2.0 / 3}, within(1e-6));
  }

  @Test
  void averagesDoNotCountWhatLiesBeyondThePadding() throws IOException {
    HostArray x = floats(1, 2, 3).reshape(Shape.of(1, 1, 3));
    for (int opset : new int[] {10, 19}) {
      double[] found =
          values(
              opset,
              "AveragePool",
              x,
              attribute("kernel_shape", new int[] {2}),
              attribute("strides", new int[] {2}),
              attribute("ceil_mode", 1),
              attribute("count_include_pad", 1));
      assertThat(found).containsExactly(new double[] {1.5, 3}, within(1e-6));
    }
  }

  /** The window of channel c is from c to c + 1. */
  @Test
  void localResponsesOfEvenWindows() throws IOException {
    HostArray x = floats(1, 2).reshape(Shape.of(1, 2, 1));
    double[] found =
        values(
            13,
            "LRN",
            x,
            attribute("size", 2),
            attribute("alpha", 2.0),
            attribute("beta", 1.0),
            attribute("bias", 1.0));
    assertThat(found).containsExactly(new double[] {1.0 / 6, 2.0 / 5}, within(1e-6));
  }

  @Test
  void rootMeanSquare() throws IOException {
    HostArray x = floats(3, 4).reshape(Shape.of(1, 2));
    ModelBuilder builder =
        new ModelBuilder(23)
            .input("x", 1, 1, 2)
            .initialiser("scale", floats(1, 2))
            .node(
                "RMSNormalization", List.of("x", "scale"), List.of("y"), attribute("epsilon", 0.0))
            .output("y");
    double root = Math.sqrt(12.5);
    assertThat(values(builder, x)).containsExactly(new double[] {3 / root, 8 / root}, within(1e-6));
  }

  @Test
  void swish() throws IOException {
    double[] found = values(24, "Swish", floats(1, -2), attribute("alpha", 0.5));
    double first = 1 / (1 + Math.exp(-0.5));
    double second = -2 / (1 + Math.exp(1));
    assertThat(found).containsExactly(new double[] {first, second}, within(1e-6));
  }

  /**
   * A sequence whose batch comes first gives what the same sequence gives as ONNX Runtime has it.
   */
  @Test
  void recurrentWithTheBatchFirst() throws IOException {
    HostArray x = OperatorCase.random(5, 2, 3);
    HostArray turned = HostArray.zeros(Shape.of(2, 5, 3), DType.FLOAT32);
    for (int i = 0; i < 30; i++) {
      turned.set((i / 3 % 2 * 5 + i / 6) * 3 + i % 3, x.get(i));
    }
    double[] steps = values(gru(0), x);
    double[] batches = values(gru(1), turned);
    for (int i = 0; i < steps.length; i++) {
      int step = i / 8;
      int sequence = i / 4 % 2;
      assertThat(batches[(sequence * 5 + step) * 4 + i % 4]).isCloseTo(steps[i], within(1e-6));
    }
  }

  private static ModelBuilder gru(int layout) {
    return new ModelBuilder(14)
        .input("x", 1, -1, -1, 3)
        .initialiser("w", OperatorCase.random(1, 12, 3))
        .initialiser("r", OperatorCase.random(1, 12, 4))
        .node("GRU", List.of("x", "w", "r"), List.of("y"), attribute("layout", layout))
        .output("y");
  }

  /** What follows from the input's shape is known where there are no values. */
  @Test
  void shapesFoldWithoutValues() throws IOException {
    ModelBuilder builder =
        new ModelBuilder(13)
            .input("x", 1, -1, 3, 4)
            .initialiser("first", longs(0))
            .initialiser("last", longs(-1))
            .initialiser("two", longs(2))
            .node("Shape", List.of("x"), List.of("shape"))
            .node("Gather", List.of("shape", "first"), List.of("batch"))
            .node("Gather", List.of("shape", "last"), List.of("width"))
            .node("Div", List.of("width", "two"), List.of("half"))
            .node(
                "Concat", List.of("batch", "half", "last"), List.of("wanted"), attribute("axis", 0))
            .node("Reshape", List.of("x", "wanted"), List.of("y"))
            .output("y");
    try (OnnxModel model = model(builder)) {
      assertThat(model.summary(Shape.of(5, 3, 4))).contains("[5, 2, 6]");
    }
  }
}
