package io.github.trimaran.onnx;

import static io.github.trimaran.onnx.ModelBuilder.attribute;
import static io.github.trimaran.onnx.OperatorCase.longs;
import static io.github.trimaran.onnx.OperatorCase.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.io.weights.WeightFormatException;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are damaged, hostile, or more than is known: one line says why. */
class BadFilesTest {

  @TempDir Path folder;

  private Path write(byte[] model) throws IOException {
    return Files.write(folder.resolve("model.onnx"), model);
  }

  private void refused(byte[] model, String reason) throws IOException {
    Path file = write(model);
    assertThatThrownBy(() -> Onnx.read(file))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(reason);
  }

  private static ModelBuilder oneInput() {
    return new ModelBuilder(13).input("x", 1, 2, 3).output("y");
  }

  @Test
  void truncated() throws IOException {
    byte[] whole = OnnxFuzzTest.small();
    for (int length = 0; length < whole.length; length++) {
      Path file = write(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Onnx.read(file)).isInstanceOf(WeightFormatException.class);
    }
  }

  @Test
  void cycles() throws IOException {
    byte[] model =
        oneInput()
            .node("Add", List.of("x", "b"), List.of("a"))
            .node("Relu", List.of("a"), List.of("b"))
            .node("Relu", List.of("b"), List.of("y"))
            .build();
    refused(model, "the graph goes round in a circle at Relu");
  }

  @Test
  void whatNothingGives() throws IOException {
    refused(
        oneInput().node("Add", List.of("x", "gone"), List.of("y")).build(),
        "Add 'the Add' takes 'gone', which nothing gives");
    refused(oneInput().build(), "the graph's output takes 'y', which nothing gives");
  }

  @Test
  void givenTwice() throws IOException {
    byte[] model =
        oneInput()
            .node("Relu", List.of("x"), List.of("y"))
            .node("Exp", List.of("x"), List.of("y"))
            .build();
    refused(model, "'y' is given twice");
  }

  /** A tensor that says it has 2^29 floats and has none, in a file of some hundred bytes. */
  @Test
  void claims() throws IOException {
    ModelBuilder.Message huge =
        out -> {
          out.writeInt64(1, 1 << 29);
          out.writeInt32(2, 1);
          out.writeString(8, "w");
          out.writeByteArray(9, new byte[4]);
        };
    byte[] model = oneInput().graph(5, huge).node("Add", List.of("x", "w"), List.of("y")).build();
    assertThat(model).hasSizeLessThan(200);
    refused(model, "tensor 'w' of [536870912] needs 2147483648 bytes, has 4");
    ModelBuilder.Message larger =
        out -> {
          out.writeInt64(1, 1 << 29);
          out.writeInt64(1, 1 << 29);
          out.writeInt32(2, 1);
          out.writeString(8, "w");
        };
    refused(oneInput().graph(5, larger).build(), "is larger than an array can be");
    ModelBuilder.Message negative =
        out -> {
          out.writeInt64(1, -4);
          out.writeInt32(2, 1);
        };
    refused(oneInput().graph(5, negative).build(), "impossible shape [-4]");
  }

  @Test
  void lengthBeyondTheFile() throws IOException {
    byte[] claim = {0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 1, 2};
    refused(claim, "no ONNX model, truncated or damaged");
  }

  @Test
  void otherFiles() throws IOException {
    refused("just text, not a network at all".getBytes(StandardCharsets.UTF_8), "no ONNX model");
    refused(new byte[0], "no ONNX model");
  }

  @Test
  void versions() throws IOException {
    byte[] old = new ModelBuilder(6).input("y", 1, 2).output("y").build();
    refused(old, "is of opset 6; 7 to 25 are read");
    refused(new ModelBuilder(99).input("y", 1, 2).output("y").build(), "is of opset 99");
  }

  // ---- more than is known -----------------------------------------------------------------------

  @Test
  void allThatIsNotKnownInOneLine() throws IOException {
    ModelBuilder.Message text =
        out -> {
          out.writeInt64(1, 1);
          out.writeInt32(2, 8);
          out.writeString(8, "words");
          out.writeString(6, "hello");
        };
    byte[] model =
        new ModelBuilder(13)
            .input("x", 1, 2, 3)
            .input("names", 8, 2)
            .graph(5, text)
            .node("Relu", List.of("x"), List.of("a"), attribute("speed", 3))
            .node("Softmax", List.of("a"), List.of("b"), attribute("axis", 1.5))
            .node("Resize", List.of("b"), List.of("c"), attribute("antialias", 1))
            .node("Det", List.of("c"), List.of("d"))
            .graph(1, ModelBuilder.node("com.example", "Magic", List.of("d"), List.of("e")))
            .node("Add", List.of("e"), List.of("y"))
            .output("y")
            .build();
    Path file = write(model);
    OnnxException e = catchThrowableOfType(OnnxException.class, () -> Onnx.read(file));
    assertThat(e.reasons())
        .containsExactly(
            "initialiser 'words' of type string",
            "input 'names' of type string",
            "attribute 'speed' of Relu 'the Relu'",
            "attribute 'axis' of an unexpected type of Softmax 'the Softmax'",
            "attribute antialias = 1 of Resize 'the Resize'",
            "operator Det 'the Det'",
            "operator com.example.Magic 'the Magic'",
            "1 inputs instead of 2 of Add 'the Add'");
    assertThat(e).hasMessage(file + ": not known here: " + String.join("; ", e.reasons()));
  }

  @Test
  void whatDoesNotFitNamesTheNode() throws IOException {
    byte[] model =
        oneInput()
            .initialiser("w", random(4, 5))
            .node("MatMul", List.of("x", "w"), List.of("y"))
            .build();
    try (Backend<?> backend = Backends.get("cpu");
        OnnxModel network = Onnx.read(write(model))) {
      network.init(backend, DType.FLOAT32, Rng.seeded(0));
      Tensor x = Tensor.of(backend, random(2, 3));
      assertThatThrownBy(() -> network.forward(x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("node 'the MatMul': matmul: ");
      Tensor integers = Tensor.of(backend, longs(1, 2));
      assertThatThrownBy(() -> network.forward(integers))
          .hasMessageContaining("input x float [2, 3] does not fit int64 [2] on cpu");
      assertThatThrownBy(() -> network.forward(Map.of("z", x), Mode.EVAL))
          .hasMessageContaining("input x float [2, 3] is missing");
      x.close();
      integers.close();
    }
  }

  // ---- external data ----------------------------------------------------------------------------

  private byte[] external(String location, String offset) {
    ModelBuilder.Message stored =
        out -> {
          out.writeInt64(1, 3);
          out.writeInt32(2, 1);
          out.writeString(8, "w");
          out.writeBytes(13, entry("location", location));
          out.writeBytes(13, entry("offset", offset));
          out.writeInt32(14, 1);
        };
    return oneInput().graph(5, stored).node("Add", List.of("x", "w"), List.of("y")).build();
  }

  private static ByteString entry(String key, String value) {
    return ModelBuilder.bytes(
        out -> {
          out.writeString(1, key);
          out.writeString(2, value);
        });
  }

  @Test
  void externalDataFromTheOwnFolderOnly() throws IOException {
    Path outside = folder.resolve("secret.bin");
    Path inside = Files.createDirectories(folder.resolve("net"));
    ByteBuffer values = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    values.putFloat(9).putFloat(1).putFloat(2).putFloat(3);
    Files.write(outside, values.array());
    Files.write(inside.resolve("weights.bin"), values.array());
    Path model = inside.resolve("model.onnx");

    Files.write(model, external("weights.bin", "4"));
    try (Backend<?> backend = Backends.get("cpu");
        OnnxModel network = Onnx.read(model)) {
      network.init(backend, DType.FLOAT32, Rng.seeded(0));
      assertThat(network.stateDict().get("w").floats()).containsExactly(1, 2, 3);
    }
    Files.createSymbolicLink(inside.resolve("link.bin"), outside);
    for (String location :
        List.of("../secret.bin", outside.toString(), "sub/../../secret.bin", "", "link.bin")) {
      Files.write(model, external(location, "4"));
      assertThatThrownBy(() -> Onnx.read(model))
          .isInstanceOf(WeightFormatException.class)
          .hasMessageContaining("outside the model's folder");
    }
    Files.write(model, external("gone.bin", "4"));
    assertThatThrownBy(() -> Onnx.read(model)).hasMessageContaining("which is not there");
    for (String offset : List.of("8", "-4", "99999999999999999999", "x")) {
      Files.write(model, external("weights.bin", offset));
      assertThatThrownBy(() -> Onnx.read(model)).isInstanceOf(WeightFormatException.class);
    }
  }

  @Test
  void aFolderIsSaidToBeOne() {
    assertThatThrownBy(() -> Onnx.read(folder))
        .isInstanceOf(WeightFormatException.class)
        .hasMessage(folder + ": a folder; name the file of the model");
  }
}
