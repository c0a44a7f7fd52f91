package io.github.trimaran.spark;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.vision.image.Pictures;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import scala.jdk.javaapi.CollectionConverters;

/** What columns hold, as predictors take and give it. */
final class PredictorValues {

  private PredictorValues() {}

  /**
   * A column's value as what the predictor is asked about.
   *
   * @param shape of what it takes; null for pictures
   */
  static Object input(Object value, int[] shape) throws IOException {
    if (value == null) {
      throw new IllegalArgumentException("prediction: a row has no value in the column; filter it");
    }
    if (shape == null) {
      if (value instanceof byte[] content) {
        return Pictures.read(content);
      }
      throw new IllegalArgumentException(
          "prediction: the column must hold the bytes of picture files, holds "
              + value.getClass().getSimpleName());
    }
    return array(value, Shape.of(shape));
  }

  private static HostArray array(Object value, Shape shape) {
    List<?> numbers;
    if (value instanceof scala.collection.Seq<?> seq) {
      numbers = CollectionConverters.asJava(seq);
    } else if (value instanceof List<?> list) {
      numbers = list;
    } else {
      throw new IllegalArgumentException(
          "prediction: the column must hold arrays of numbers, holds "
              + value.getClass().getSimpleName());
    }
    if (numbers.size() != shape.size()) {
      throw new IllegalArgumentException(
          "prediction: expected " + shape + ", a row has " + numbers.size() + " numbers");
    }
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      if (!(numbers.get(i) instanceof Number number)) {
        throw new IllegalArgumentException(
            "prediction: number " + i + " of a row is " + numbers.get(i));
      }
      values[i] = number.floatValue();
    }
    return HostArray.of(values, shape);
  }

  /** Label, class, probability, probabilities. */
  static List<Object> ofClass(Object answer) {
    Classified seen = (Classified) answer;
    return List.of(
        seen.label(),
        seen.index(),
        seen.probability(),
        seen.probabilities().toArray(new Double[0]));
  }

  static List<Object> ofNumbers(Object answer) {
    double[] values = ((HostArray) answer).toDoubles();
    return List.of((Object) Arrays.stream(values).boxed().toArray(Double[]::new));
  }
}
