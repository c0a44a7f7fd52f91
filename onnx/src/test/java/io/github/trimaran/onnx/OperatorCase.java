package io.github.trimaran.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.onnx.file.GraphReader;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A model of one node, run here and on ONNX Runtime. */
final class OperatorCase {

  private static final double TOLERANCE = 1e-5;

  private final String operator;
  private final int opset;
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private final List<HostArray> inputs = new ArrayList<>();
  private final List<Boolean> constant = new ArrayList<>();
  private final Set<Integer> narrow = new HashSet<>();
  private int outputs = 1;

  private OperatorCase(String operator, int opset) {
    this.operator = operator;
    this.opset = opset;
  }

  /** A node of that operator in that version. */
  static OperatorCase of(String operator, int opset) {
    return new OperatorCase(operator, opset);
  }

  /** The same with an attribute; null is none. */
  OperatorCase with(String attribute, Object value) {
    if (value != null) {
      attributes.put(attribute, value);
    }
    return this;
  }

  /** With an input that is given when the model runs; null leaves it out. */
  OperatorCase in(HostArray values) {
    inputs.add(values);
    constant.add(false);
    return this;
  }

  /** With an input that the model holds; null leaves it out. */
  OperatorCase holds(HostArray values) {
    inputs.add(values);
    constant.add(true);
    return this;
  }

  /** With this in the place of an input left out before, held as 32-bit integers. */
  OperatorCase instead32(int index, HostArray values) {
    narrow.add(index);
    inputs.set(index, values);
    return this;
  }

  OperatorCase outputs(int count) {
    outputs = count;
    return this;
  }

  /** What tells it from others. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(operator).append('-').append(opset);
    attributes.forEach(
        (key, value) ->
            text.append(' ')
                .append(key)
                .append('=')
                .append(
                    value instanceof int[] integers
                        ? Arrays.toString(integers)
                        : value instanceof double[] numbers
                            ? Arrays.toString(numbers)
                            : value instanceof String[] texts ? Arrays.toString(texts) : value));
    for (int i = 0; i < inputs.size(); i++) {
      HostArray input = inputs.get(i);
      text.append(input == null ? " -" : " " + input.dtype() + input.shape());
      if (input != null && constant.get(i) && input.shape().size() <= 8) {
        text.append(Arrays.toString(input.toDoubles()));
      }
    }
    return text.toString();
  }

  private byte[] model() {
    ModelBuilder builder = new ModelBuilder(opset);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      HostArray input = inputs.get(i);
      names.add(input == null ? "" : "in" + i);
      if (input != null && constant.get(i)) {
        if (narrow.contains(i)) {
          builder.initialiser32("in" + i, input);
        } else {
          builder.initialiser("in" + i, input);
        }
      } else if (input != null) {
        builder.input("in" + i, ModelBuilder.number(input.dtype()), input.shape().dims());
      }
    }
    List<String> given = IntStream.range(0, outputs).mapToObj(i -> "out" + i).toList();
    given.forEach(builder::output);
    ModelBuilder.Message[] settings =
        attributes.entrySet().stream()
            .map(entry -> ModelBuilder.attribute(entry.getKey(), entry.getValue()))
            .toArray(ModelBuilder.Message[]::new);
    return builder.node(operator, names, given, settings).build();
  }

  /** Fails unless both give the same. */
  void check(Backend<?> backend) throws IOException, OrtException {
    byte[] model = model();
    Map<String, HostArray> given = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) != null && !constant.get(i)) {
        given.put("in" + i, inputs.get(i));
      }
    }
    Map<String, HostArray> expected = OnnxRuntime.run(model, given);
    var graph = GraphReader.read(ByteBuffer.wrap(model), Path.of("case"));
    OnnxException.require(Path.of("case"), graph);
    boolean wide = given.values().stream().anyMatch(a -> a.dtype() == DType.FLOAT64);
    DType dtype = wide ? DType.FLOAT64 : DType.FLOAT32;
    try (OnnxModel network = new OnnxModel(graph);
        Scope scope = Scope.open()) {
      network.init(backend, dtype, Rng.seeded(0));
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      given.forEach((key, array) -> tensors.put(key, Tensor.of(backend, array)));
      OnnxOutputs found = network.forward(tensors, Mode.EVAL);
      expected.forEach((key, array) -> compare(key, found.get(key).toHost(), array, dtype));
    }
  }

  private void compare(String key, HostArray found, HostArray expected, DType dtype) {
    assertThat(found.shape()).as(key).isEqualTo(expected.shape());
    DType type = expected.dtype().isFloating() ? dtype : expected.dtype();
    assertThat(found.dtype()).as(key).isEqualTo(type);
    for (int i = 0; i < expected.shape().size(); i++) {
      double want = expected.get(i);
      double got = found.get(i);
      boolean close =
          Double.compare(want, got) == 0
              || Math.abs(want - got) <= TOLERANCE * Math.max(1, Math.abs(want));
      assertThat(close).as(key + "[" + i + "] is " + got + " instead of " + want).isTrue();
    }
  }

  // ---- values ---------------------------------------------------------------------------------

  /** Numbers from -2 to 2, the same for the same shape. */
  static HostArray random(int... extents) {
    return between(-2, 2, extents);
  }

  static HostArray between(double low, double high, int... extents) {
    Shape shape = Shape.of(extents);
    Rng rng = Rng.seeded(Arrays.hashCode(extents));
    HostArray values = HostArray.zeros(shape, DType.FLOAT32);
    for (int i = 0; i < shape.size(); i++) {
      values.set(i, rng.nextDouble(low, high));
    }
    return values;
  }

  /** Integers from {@code low} to below {@code high}. */
  static HostArray integers(int low, int high, int... extents) {
    Shape shape = Shape.of(extents);
    Rng rng = Rng.seeded(7 + Arrays.hashCode(extents));
    HostArray values = HostArray.zeros(shape, DType.INT64);
    for (int i = 0; i < shape.size(); i++) {
      values.set(i, low + rng.nextInt(high - low));
    }
    return values;
  }

  static HostArray booleans(int... extents) {
    return integers(0, 2, extents).to(DType.BOOL);
  }

  /** INT64 {@code [N]}. */
  static HostArray longs(long... values) {
    return HostArray.of(values, Shape.of(values.length));
  }

  static HostArray scalar(double value) {
    return HostArray.of(new float[] {(float) value}, Shape.scalar());
  }

  static HostArray scalar(long value) {
    return HostArray.of(new long[] {value}, Shape.scalar());
  }

  static HostArray floats(double... values) {
    return HostArray.of(values, Shape.of(values.length)).to(DType.FLOAT32);
  }
}
