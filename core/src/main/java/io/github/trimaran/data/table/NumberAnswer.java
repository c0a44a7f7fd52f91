package io.github.trimaran.data.table;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.data.prediction.Answer;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One number in its own unit, from a model's standardised one: {@code output * std + mean}.
 *
 * <pre>{@code
 * Answer<Double> mpg = preparation.numberAnswer();
 * double expected = mpg.apply(List.of(HostArray.of(new float[] {0.3f}, Shape.of(1))));
 * }</pre>
 *
 * @param mean of the target
 * @param std of the target
 */
public record NumberAnswer(double mean, double std) implements Answer<Double> {

  static final String KIND = "number";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("mean", mean);
    settings.put("std", std);
    return settings;
  }

  static NumberAnswer fromJson(JsonObject json) throws JsonException {
    return new NumberAnswer(json.number("mean"), json.number("std"));
  }

  @Override
  public Double apply(List<HostArray> outputs) {
    HostArray output = outputs.get(0);
    if (output.shape().size() != 1) {
      throw new IllegalArgumentException(
          "answer: the model gives " + output.shape() + " for one sample, not one number");
    }
    return output.get(0) * std + mean;
  }
}
