package io.github.trimaran.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.Lambda;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What of a function follows the batch, what cannot be written, and how that is said. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportLimitsTest {

  private final Backend<?> backend = Backends.get("cpu");

  @AfterAll
  void close() {
    backend.close();
  }

  private <M extends Model> M started(M model) {
    model.init(backend, DType.FLOAT32, Rng.seeded(29));
    return model;
  }

  private void refused(String reason, UnaryOperator<Tensor> function) {
    Layer layer = started(new Sequential(new Lambda("mine", function::apply)));
    assertThatThrownBy(() -> Exported.of(layer, OperatorCase.random(2, 6), export -> export))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("\n");
  }

  @Test
  void whatDependsOnTheData() {
    refused("depends on the data", x -> x.sum().item() > 0 ? x : x.neg());
    refused("other operations", x -> x.shape().dim(0) > 5 ? x : x.neg());
    refused("depend on a free axis", x -> x.mul(Math.sqrt(x.shape().dim(0))));
    refused(
        "depend",
        x -> x.add(Tensor.arange(x.backend(), x.shape().dim(0)).to(x.dtype()).unsqueeze(1)));
  }

  @Test
  void constantsAreMadeWhereTheInputIs() throws Exception {
    String reason =
        "mul: operands are on two different backends, both named cpu; make constants on the"
            + " backend of the input: Tensor.of(x.backend(), ...) (in Sequential/0)";
    refused(reason, x -> x.mul(Tensor.of(backend, 1f, 2, 3, 4, 5, 6)));
    Layer layer =
        started(
            new Sequential(
                new Lambda("mine", x -> x.mul(Tensor.of(x.backend(), 1f, 2, 3, 4, 5, 6)))));
    Exported.of(layer, OperatorCase.random(2, 6), export -> export).checkBatches(1, 3);
    layer.close();
  }

  @Test
  void aFixedBatchMayDependOnIt() throws Exception {
    Layer layer =
        started(new Sequential(new Lambda("mine", x -> x.mul(Math.sqrt(x.shape().dim(0))))));
    Exported exported = Exported.of(layer, OperatorCase.random(2, 6), OnnxExport::fixedBatch);
    exported.checkBatches(2);
    assertThat(exported.graph().inputs().get(0)).hasToString("input float [2, 6]");
  }

  @Test
  void aBatchMayBePartOfShapesInManyWays() throws Exception {
    Layer layer =
        started(
            new Sequential(
                new Lambda(
                    "mine",
                    x -> {
                      int n = x.shape().dim(0);
                      Tensor turned = x.reshape(3, n, 2).permute(2, 1, 0).flip(1);
                      Tensor twice = Tensor.concat(List.of(turned, turned.neg()), 1);
                      Tensor padded = twice.pad(new int[] {0, 1, 0}, new int[3], new int[3], 2);
                      Tensor cut =
                          padded
                              .narrow(1, 1, 2 * n - 1)
                              .pad(new int[3], new int[] {0, 1, 0}, new int[3], 0);
                      return cut.reshape(2 * n, 6).mean(1).reshape(n, 2).add(x.mean(0).sum());
                    })));
    Exported.of(layer, OperatorCase.random(2, 6), export -> export)
        .checkBatches(1, 3, 4)
        .checkThereAndBack(export -> export);
  }

  @Test
  void settingsAreChecked() {
    OnnxExport export = OnnxExport.of(started(new Linear(4, 3)));
    assertThatThrownBy(() -> export.opset(7))
        .hasMessage("onnx: opset 7 is not written; 13 to 23 are");
    assertThatThrownBy(() -> export.names("x", "x")).hasMessageContaining("names of their own");
    assertThatThrownBy(
            () ->
                export
                    .freeAxis("length", 2)
                    .bytes(Map.of("input", OperatorCase.random(1, 4)), Path.of("f")))
        .hasMessageContaining("the free axis 'length' is axis 2 of 'input', which is [1, 4]");
  }

  @Test
  void inputsOutputsAndWeightsHaveNamesOfTheirOwn() {
    Linear linear = started(new Linear(4, 3));
    refusedNames(linear, "weight", "y", "'weight' is the name of a weight of the model");
    refusedNames(linear, "x", "bias", "'bias' is the name of a weight of the model");
    refusedNames(linear, "x", "x", "'x' is an input and an output");
    refusedNames(linear, "x", "", "has no name");
    assertThatThrownBy(
            () ->
                OnnxExport.of(linear, given -> Map.of())
                    .bytes(Map.of("x", OperatorCase.random(1, 4)), Path.of("f")))
        .hasMessage("onnx: the function gives no output");
  }

  private static void refusedNames(Linear linear, String input, String output, String reason) {
    assertThatThrownBy(
            () ->
                OnnxExport.of(linear, given -> Map.of(output, linear.forward(given.get(input))))
                    .bytes(Map.of(input, OperatorCase.random(1, 4)), Path.of("f")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("onnx: ")
        .hasMessageContaining(reason);
  }

  @Test
  void namesMayBeGivenAfterTheFreeAxis() throws Exception {
    OnnxExport export = OnnxExport.of(started(new Linear(4, 3))).freeAxis("length", 1);
    Map<String, HostArray> texts = Map.of("texts", OperatorCase.random(1, 5, 4));
    byte[] after = export.names("texts", "scores").bytes(texts, Path.of("f"));
    byte[] before =
        OnnxExport.of(started(new Linear(4, 3)))
            .names("texts", "scores")
            .freeAxis("length", 1)
            .bytes(texts, Path.of("f"));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void nothingIsLeftOfAFileThatCannotBeWritten(@TempDir Path folder) throws IOException {
    Layer layer = started(new Sequential(new Lambda("mine", x -> x.mul(x.sum().item()))));
    Path file = folder.resolve("model.onnx");
    assertThatThrownBy(() -> Onnx.write(layer, OperatorCase.random(1, 4), file))
        .hasMessageEndingWith(" (in Sequential/0)");
    assertThat(Files.list(folder)).isEmpty();
    Onnx.write(started(new Linear(4, 3)), OperatorCase.random(1, 4), file);
    assertThat(Onnx.read(file).metadata()).containsEntry("producer", "trimaran");
    assertThatThrownBy(
            () -> Onnx.write(started(new Linear(4, 3)), OperatorCase.random(1, 4), folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is a folder");
  }
}
