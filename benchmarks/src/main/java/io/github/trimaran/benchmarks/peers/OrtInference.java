package io.github.trimaran.benchmarks.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.onnx.Onnx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A network on ONNX Runtime: a file, or one of ours that is written as a file, read by it with all
 * its optimisations (it folds batch norm and lays images out in blocks of channels), run on all
 * cores.
 */
final class OrtInference implements Work {

  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();

  private OrtInference(OrtSession session) {
    this.session = session;
  }

  /** With the weights that the network has. */
  static OrtInference of(Layer network, HostArray images) {
    try {
      Path file = Files.createTempFile("network", ".onnx");
      Onnx.write(network, HostArray.zeros(images.shape(), DType.FLOAT32), file);
      OrtInference inference = of(file, Map.of("input", images));
      Files.delete(file);
      return inference;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a file, with an array for each input, which is given in the input's own type. */
  static OrtInference of(Path file, Map<String, HostArray> given) {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OrtSession.SessionOptions options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      OrtInference inference =
          new OrtInference(environment.createSession(file.toString(), options));
      for (Map.Entry<String, HostArray> input : given.entrySet()) {
        TensorInfo info =
            (TensorInfo) inference.session.getInputInfo().get(input.getKey()).getInfo();
        HostArray values = input.getValue();
        long[] shape = Arrays.stream(values.shape().dims()).asLongStream().toArray();
        inference.inputs.put(
            input.getKey(),
            OnnxTensor.createTensor(environment, bytes(info, values), shape, info.type));
      }
      return inference;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ByteBuffer bytes(TensorInfo info, HostArray values) {
    int size = values.shape().size();
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(size * info.type.size).order(ByteOrder.nativeOrder());
    for (int i = 0; i < size; i++) {
      double value = values.get(i);
      switch (info.type) {
        case FLOAT -> bytes.putFloat((float) value);
        case DOUBLE -> bytes.putDouble(value);
        case INT64 -> bytes.putLong((long) value);
        case INT32 -> bytes.putInt((int) value);
        case BOOL, INT8, UINT8 -> bytes.put((byte) value);
        default ->
            throw new IllegalArgumentException("an input of " + info.type + " is not made here");
      }
    }
    return bytes.flip();
  }

  /** The numbers of each output, in the order of the file; none of those that are no floats. */
  @Override
  public float[][] run() {
    try (OrtSession.Result result = session.run(inputs)) {
      float[][] values = new float[result.size()][0];
      int index = 0;
      for (Map.Entry<String, OnnxValue> output : result) {
        OnnxTensor tensor = (OnnxTensor) output.getValue();
        var floats = tensor.getFloatBuffer();
        if (floats != null) {
          values[index] = new float[floats.remaining()];
          floats.get(values[index]);
        }
        index++;
      }
      return values;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
