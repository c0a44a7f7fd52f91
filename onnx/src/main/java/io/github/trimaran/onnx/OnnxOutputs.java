package io.github.trimaran.onnx;

import io.github.trimaran.nn.Model;
import io.github.trimaran.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model gives.
 *
 * <pre>{@code
 * Tensor boxes = model.forward(Map.of("images", images), Mode.EVAL).get("boxes");
 * }</pre>
 *
 * @param byName each output under its name in the file, in the file's order
 */
public record OnnxOutputs(Map<String, Tensor> byName) implements Model.Outputs {

  /** Keeps the order. */
  public OnnxOutputs {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /**
   * The output of that name.
   *
   * @throws IllegalArgumentException if there is none, listing those there are
   */
  public Tensor get(String name) {
    Tensor output = byName.get(name);
    if (output == null) {
      throw new IllegalArgumentException(
          "OnnxModel: no output '" + name + "'; there are " + byName.keySet());
    }
    return output;
  }

  @Override
  public List<Tensor> tensors() {
    return List.copyOf(byName.values());
  }
}
