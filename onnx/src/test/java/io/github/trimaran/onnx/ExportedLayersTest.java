package io.github.trimaran.onnx;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.EveryLayer;
import io.github.trimaran.nn.Layer;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Each layer gives on ONNX Runtime what it gives here, and comes back as it went. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportedLayersTest {

  private final Backend<?> backend = Backends.get("cpu");

  @AfterAll
  void close() {
    backend.close();
  }

  /** A vector has no batch. */
  private static final List<String> WITHOUT_BATCH = List.of("Linear of a vector");

  @TestFactory
  Stream<DynamicTest> layers() {
    return Stream.of(OnnxExport.OLDEST_OPSET, 17, OnnxExport.NEWEST_OPSET)
        .flatMap(
            opset ->
                EveryLayer.all().stream()
                    .filter(sample -> !sample.training())
                    .map(
                        sample ->
                            DynamicTest.dynamicTest(
                                sample.name() + ", opset " + opset, () -> check(sample, opset))));
  }

  private void check(EveryLayer.Sample sample, int opset) throws Exception {
    boolean batched = !WITHOUT_BATCH.contains(sample.name());
    UnaryOperator<OnnxExport> settings =
        export -> batched ? export.opset(opset) : export.opset(opset).fixedBatch();
    try (Layer layer = EveryLayer.on(sample.name(), backend)) {
      Exported exported = Exported.of(layer, sample.input(), settings);
      exported.checkBatches(sample.input().shape().dim(0));
      if (batched) {
        exported.checkBatches(3, 4);
      }
      exported.checkThereAndBack(settings);
    }
  }
}
