package io.github.trimaran.benchmarks.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.onnx.Onnx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * A network of ours on ONNX Runtime: written as an ONNX file, read by it with all its optimisations
 * (it folds batch norm and lays images out in blocks of channels), run on all cores.
 */
final class OrtInference implements Work {

  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs;

  /** With the weights that the network has. */
  OrtInference(Layer network, HostArray images) {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OrtSession.SessionOptions options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      session = environment.createSession(onnx(network, images), options);
      long[] shape = Arrays.stream(images.shape().dims()).asLongStream().toArray();
      OnnxTensor input =
          OnnxTensor.createTensor(environment, FloatBuffer.wrap(images.floats()), shape);
      inputs = Map.of(session.getInputNames().iterator().next(), input);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] onnx(Layer network, HostArray images) {
    try {
      Path file = Files.createTempFile("network", ".onnx");
      Onnx.write(network, HostArray.zeros(images.shape(), DType.FLOAT32), file);
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Object run() {
    try (OrtSession.Result result = session.run(inputs)) {
      FloatBuffer scores = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[scores.remaining()];
      scores.get(values);
      return values;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
