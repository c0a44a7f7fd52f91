package io.github.trimaran.data.prediction;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pixels of one size, normalised as those of the training images were: {@code y = (x - mean) /
 * std}, see {@link Normalization}.
 *
 * <pre>{@code
 * Preparation<HostArray> digits =
 *     new PixelPreparation(Shape.of(1, 28, 28), Normalization.perChannel(training));
 * digits.apply(dataset.image(7));     // [1, 28, 28], values from 0 to 255
 * }</pre>
 *
 * @param shape of an image, {@code [C, H, W]}
 * @param normalization of its values
 */
public record PixelPreparation(Shape shape, Normalization normalization)
    implements Preparation<HostArray> {

  static final String KIND = "pixels";

  /** Checks that the constants fit the images. */
  public PixelPreparation {
    normalization.apply(new float[shape.size()], 0, shape);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("shape", extents(shape));
    settings.put("mean_shape", extents(normalization.mean().shape()));
    settings.put("mean", values(normalization.mean()));
    settings.put("std_shape", extents(normalization.std().shape()));
    settings.put("std", values(normalization.std()));
    return settings;
  }

  static PixelPreparation fromJson(JsonObject json) throws JsonException {
    return new PixelPreparation(
        Shape.of(json.int32s("shape")), Normalization.of(array(json, "mean"), array(json, "std")));
  }

  @Override
  public Map<String, HostArray> apply(HostArray pixels) {
    if (!pixels.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "preparation: expected pixels " + shape + ", is " + pixels.shape());
    }
    HostArray prepared = pixels.to(DType.FLOAT32);
    normalization.apply(prepared.floats(), 0, shape);
    return Map.of(Batch.INPUT, prepared);
  }

  @Override
  public Map<String, HostArray> example() {
    return apply(HostArray.zeros(shape, DType.FLOAT32));
  }

  private static HostArray array(JsonObject json, String name) throws JsonException {
    HostArray wide = HostArray.of(json.numbers(name), Shape.of(json.int32s(name + "_shape")));
    return wide.to(DType.FLOAT32);
  }

  private static List<Integer> extents(Shape shape) {
    return Arrays.stream(shape.dims()).boxed().toList();
  }

  private static List<Double> values(HostArray array) {
    return Arrays.stream(array.toDoubles()).boxed().toList();
  }
}
