package io.github.trimaran.nn;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.io.weights.StateDict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A layer with an input, whose numbers PyTorch has worked out; see {@link TorchTable}.
 *
 * @param name of the case in the table
 * @param layer makes it
 * @param input its shape
 * @param scale the input lies between minus this and this
 * @param training whether it is run for training
 */
record LayerCase(String name, Supplier<Layer> layer, Shape input, double scale, boolean training) {

  static LayerCase of(String name, Supplier<Layer> layer, int... input) {
    return new LayerCase(name, layer, Shape.of(input), 1, false);
  }

  /** The same with inputs four times as far from 0. */
  LayerCase wide() {
    return new LayerCase(name, layer, input, 4, training);
  }

  /** The same for training. */
  LayerCase inTraining() {
    return new LayerCase(name, layer, input, scale, true);
  }

  HostArray inputValues() {
    double[] values = values("input", input.size());
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return HostArray.of(values, input);
  }

  /** The layer with values of the sequence as its parameters and buffers. */
  Layer on(Backend<?> backend, DType dtype) {
    Layer made = layer.get();
    Map<String, HostArray> state = new LinkedHashMap<>();
    made.shapes().forEach((key, shape) -> state.put(key, stateValues(key, shape)));
    made.init(backend, dtype, StateDict.of(state));
    return made;
  }

  private static HostArray stateValues(String key, Shape shape) {
    double[] values = values(key, shape.size());
    for (int i = 0; i < values.length; i++) {
      if (key.endsWith("running_var")) {
        values[i] = Math.abs(values[i]) + 0.5;
      } else if (key.endsWith("num_batches_tracked")) {
        values[i] = 3;
      }
    }
    return HostArray.of(values, shape);
  }

  /**
   * The first numbers of the sequence of that name, between -1 and 1: odd multiples of 1/1024, so
   * that float32 holds them, few are equal and none is 0. {@code s -> 48271 s mod (2^31 - 1)} (Park
   * and Miller 1988), starting at 1 plus the sum of the name's characters, each times its place.
   */
  static double[] values(String name, int count) {
    long state = 1;
    for (int i = 0; i < name.length(); i++) {
      state += (long) (i + 1) * name.charAt(i);
    }
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      state = state * 48271 % 2147483647;
      values[i] = (2 * (state % 1024) - 1023) / 1024.0;
    }
    return values;
  }

  static List<String> names(List<LayerCase> cases) {
    return cases.stream().map(LayerCase::name).toList();
  }
}
