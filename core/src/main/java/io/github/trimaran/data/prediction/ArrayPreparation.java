package io.github.trimaran.data.prediction;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Users who have what the model wants: arrays of one shape and dtype, taken as they are.
 *
 * <pre>{@code
 * Preparation<HostArray> rows = new ArrayPreparation(Shape.of(8), DType.FLOAT32);
 * rows.apply(HostArray.of(new float[8], Shape.of(8)));
 * }</pre>
 *
 * @param shape of one sample
 * @param dtype of its values
 */
public record ArrayPreparation(Shape shape, DType dtype) implements Preparation<HostArray> {

  static final String KIND = "array";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("shape", Arrays.stream(shape.dims()).boxed().toList());
    settings.put("dtype", dtype.label());
    return settings;
  }

  static ArrayPreparation fromJson(JsonObject json) throws JsonException {
    String label = json.string("dtype");
    DType dtype =
        Arrays.stream(DType.values())
            .filter(type -> type.label().equals(label))
            .findFirst()
            .orElseThrow(() -> new JsonException("json: there is no dtype '" + label + "'"));
    return new ArrayPreparation(Shape.of(json.int32s("shape")), dtype);
  }

  @Override
  public Map<String, HostArray> apply(HostArray input) {
    if (!input.shape().equals(shape) || input.dtype() != dtype) {
      throw new IllegalArgumentException(
          "preparation: expected "
              + dtype
              + " "
              + shape
              + ", is "
              + input.dtype()
              + " "
              + input.shape());
    }
    return Map.of(Batch.INPUT, input);
  }

  @Override
  public Map<String, HostArray> example() {
    return apply(HostArray.zeros(shape, dtype));
  }
}
