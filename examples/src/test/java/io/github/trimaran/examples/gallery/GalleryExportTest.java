package io.github.trimaran.examples.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.onnx.OnnxExport;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gallery's networks give on ONNX Runtime what they give here, at other batches too. */
class GalleryExportTest {

  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  @TempDir Path folder;

  private void check(Model model, UnaryOperator<Map<String, Tensor>> function, int... sample)
      throws IOException, OrtException {
    Path file = folder.resolve("net.onnx");
    try (Backend<?> backend = Backends.get("cpu")) {
      model.init(backend, DType.FLOAT32, Rng.seeded(29));
      OnnxExport.of(model, function).write(Map.of("input", values(2, sample)), file);
      try (OrtSession session = ENVIRONMENT.createSession(file.toString())) {
        for (int batch : new int[] {1, 3}) {
          compare(session, function, backend, values(batch, sample));
        }
      }
    }
  }

  private static HostArray values(int batch, int... sample) {
    int[] extents = new int[sample.length + 1];
    extents[0] = batch;
    System.arraycopy(sample, 0, extents, 1, sample.length);
    HostArray values = HostArray.zeros(Shape.of(extents), DType.FLOAT32);
    Rng rng = Rng.seeded(batch);
    for (int i = 0; i < values.shape().size(); i++) {
      values.set(i, rng.nextDouble(-1, 1));
    }
    return values;
  }

  private static void compare(
      OrtSession session,
      UnaryOperator<Map<String, Tensor>> function,
      Backend<?> backend,
      HostArray input)
      throws OrtException {
    long[] shape = Arrays.stream(input.shape().dims()).asLongStream().toArray();
    try (Scope scope = Scope.open();
        OnnxTensor given =
            OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(input.floats()), shape);
        OrtSession.Result found = session.run(Map.of("input", given))) {
      Map<String, Tensor> expected = function.apply(Map.of("input", Tensor.of(backend, input)));
      assertThat(found.size()).isEqualTo(expected.size());
      for (Map.Entry<String, Tensor> output : expected.entrySet()) {
        float[] want = output.getValue().toFloats();
        float[] got = new float[want.length];
        ((OnnxTensor) found.get(output.getKey()).orElseThrow()).getFloatBuffer().get(got);
        for (int i = 0; i < want.length; i++) {
          assertThat(got[i])
              .as(output.getKey() + " at " + i)
              .isCloseTo(want[i], within((float) (1e-5 * Math.max(1, Math.abs(want[i])))));
        }
      }
    }
  }

  @Test
  void autoencoder() throws Exception {
    Autoencoder.Network network = new Autoencoder.Network(4);
    check(
        network,
        given -> {
          Autoencoder.Code code = network.encode(given.get("input"), Mode.EVAL);
          Map<String, Tensor> outputs = new LinkedHashMap<>();
          outputs.put("mean", code.mean());
          outputs.put("log_variance", code.logVariance());
          outputs.put("pixels", network.decode(code.mean(), Mode.EVAL));
          return outputs;
        },
        1,
        28,
        28);
  }

  @Test
  void segmenter() throws Exception {
    Segmenter.Network network = new Segmenter.Network(4);
    check(network, given -> Map.of("scores", network.forward(given.get("input"))), 3, 32, 32);
  }

  @Test
  void forecast() throws Exception {
    Forecast.Network network = new Forecast.Network(5);
    check(
        network,
        given -> Map.of("months", network.forward(given.get("input"))),
        MonthlySales.YEARS,
        MonthlySales.SEASON);
  }
}
