package io.github.trimaran.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs a model on ONNX Runtime. */
final class OnnxRuntime {

  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private OnnxRuntime() {}

  static Map<String, HostArray> run(byte[] model, Map<String, HostArray> inputs)
      throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
    Map<String, HostArray> outputs = new LinkedHashMap<>();
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    try (OrtSession session = ENVIRONMENT.createSession(model, options)) {
      for (Map.Entry<String, HostArray> input : inputs.entrySet()) {
        given.put(input.getKey(), tensor(input.getValue()));
      }
      try (OrtSession.Result result = session.run(given)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          outputs.put(output.getKey(), array((OnnxTensor) output.getValue()));
        }
      }
    } finally {
      given.values().forEach(OnnxTensor::close);
      options.close();
    }
    return outputs;
  }

  private static OnnxTensor tensor(HostArray values) throws OrtException {
    long[] shape = Arrays.stream(values.shape().dims()).asLongStream().toArray();
    return switch (values.dtype()) {
      case FLOAT32 ->
          OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(values.floats()), shape);
      case FLOAT64 ->
          OnnxTensor.createTensor(ENVIRONMENT, DoubleBuffer.wrap(values.doubles()), shape);
      case INT64 -> OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(values.longs()), shape);
      case BOOL -> {
        ByteBuffer bytes = ByteBuffer.allocateDirect(values.shape().size());
        for (boolean value : values.booleans()) {
          bytes.put((byte) (value ? 1 : 0));
        }
        bytes.flip();
        yield OnnxTensor.createTensor(ENVIRONMENT, bytes, shape, OnnxJavaType.BOOL);
      }
    };
  }

  private static HostArray array(OnnxTensor tensor) {
    int[] extents = Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
    Shape shape = Shape.of(extents);
    return switch (tensor.getInfo().type) {
      case FLOAT -> {
        float[] values = new float[shape.size()];
        tensor.getFloatBuffer().get(values);
        yield HostArray.of(values, shape);
      }
      case DOUBLE -> {
        double[] values = new double[shape.size()];
        tensor.getDoubleBuffer().get(values);
        yield HostArray.of(values, shape);
      }
      case INT64 -> {
        long[] values = new long[shape.size()];
        tensor.getLongBuffer().get(values);
        yield HostArray.of(values, shape);
      }
      case INT32 -> {
        int[] values = new int[shape.size()];
        tensor.getIntBuffer().get(values);
        yield HostArray.of(Arrays.stream(values).asLongStream().toArray(), shape);
      }
      case BOOL, INT8, UINT8 -> {
        ByteBuffer bytes = tensor.getByteBuffer();
        long[] values = new long[shape.size()];
        Arrays.setAll(values, i -> bytes.get(i));
        HostArray array = HostArray.of(values, shape);
        yield tensor.getInfo().type == OnnxJavaType.BOOL
            ? array.to(io.github.trimaran.array.DType.BOOL)
            : array;
      }
      default -> throw new IllegalArgumentException("not read: " + tensor.getInfo());
    };
  }
}
