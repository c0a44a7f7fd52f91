package io.github.trimaran.data.prediction;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.io.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * The main output as it is: a number, a vector, an image.
 *
 * <pre>{@code
 * Predictor<HostArray, HostArray> price =
 *     Predictor.of(model, new ArrayPreparation(Shape.of(8), DType.FLOAT32), new NumbersAnswer());
 * double euros = price.predict(row).get(0);
 * }</pre>
 */
public record NumbersAnswer() implements Answer<HostArray> {

  static final String KIND = "numbers";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of();
  }

  static NumbersAnswer fromJson(JsonObject json) {
    return new NumbersAnswer();
  }

  @Override
  public HostArray apply(List<HostArray> outputs) {
    return outputs.get(0);
  }
}
