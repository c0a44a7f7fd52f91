package io.github.trimaran.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.fuzz.Mutations;
import io.github.trimaran.io.weights.WeightFormatException;
import io.github.trimaran.onnx.file.Graph;
import io.github.trimaran.onnx.file.GraphReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX models are read or refused by one line. */
class OnnxFuzzTest {

  private static final Path FILE = Path.of("fuzz");

  static List<byte[]> seeds() {
    return List.of(small(), settings());
  }

  /** A convolution with weights, a shape worked out, and an output. */
  static byte[] small() {
    HostArray weight = HostArray.of(new float[] {1, 2, 3, 4}, Shape.of(1, 1, 2, 2));
    return new ModelBuilder(13)
        .input("x", 1, -1, 1, 4, 4)
        .initialiser("conv.weight", weight)
        .initialiser("shape", HostArray.of(new long[] {0, -1}, Shape.of(2)))
        .node(
            "Conv",
            List.of("x", "conv.weight"),
            List.of("y"),
            ModelBuilder.attribute("pads", new int[] {1, 1, 1, 1}))
        .node("Reshape", List.of("y", "shape"), List.of("z"))
        .output("z")
        .build();
  }

  /** All kinds of attributes. */
  static byte[] settings() {
    return new ModelBuilder(17)
        .input("x", 1, 2, 3, 4)
        .node("LeakyRelu", List.of("x"), List.of("a"), ModelBuilder.attribute("alpha", 0.5))
        .node(
            "Constant",
            List.of(),
            List.of("c"),
            ModelBuilder.attribute("value", OperatorCase.longs(1, 2)))
        .node(
            "Constant",
            List.of(),
            List.of("f"),
            ModelBuilder.attribute("value_floats", new double[] {1, 2}))
        .node("Gelu", List.of("a"), List.of("b"), ModelBuilder.attribute("approximate", "tanh"))
        .node(
            "RNN",
            List.of("b", "w", "r"),
            List.of("d"),
            ModelBuilder.attribute("activations", new String[] {"Relu"}))
        .initialiser("w", OperatorCase.random(1, 2, 4))
        .initialiser("r", OperatorCase.random(1, 2, 2))
        .output("d")
        .build();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void anything(byte[] input) throws IOException {
    read(input);
  }

  @Test
  void mutations() throws IOException {
    Mutations.check(seeds(), 5_000, OnnxFuzzTest::read);
  }

  private static void read(byte[] input) throws IOException {
    try {
      Graph graph = GraphReader.read(ByteBuffer.wrap(input), FILE);
      OnnxException.require(FILE, graph);
      try (OnnxModel model = new OnnxModel(graph)) {
        assertThat(model.nodes()).hasSameSizeAs(graph.nodes());
      }
    } catch (WeightFormatException | OnnxException e) {
      assertThat(e.getMessage()).startsWith("fuzz: ").doesNotContain("\n");
    }
  }
}
