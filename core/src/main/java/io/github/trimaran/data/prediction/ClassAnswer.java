package io.github.trimaran.data.prediction;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.io.files.Printable;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The class of a sample from its scores {@code [classes]}: probabilities by softmax, in float64.
 *
 * <pre>{@code
 * Answer<Classified> digits = new ClassAnswer(List.of("zero", "one"));
 * digits.apply(List.of(HostArray.of(new float[] {0, 2}, Shape.of(2)))).label();     // "one"
 * }</pre>
 *
 * @param names of the classes, in the order of the scores
 */
public record ClassAnswer(List<String> names) implements Answer<Classified> {

  static final String KIND = "classes";

  /** Keeps a copy of the names. */
  public ClassAnswer {
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("answer: needs at least one class");
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    return Map.of("names", names);
  }

  static ClassAnswer fromJson(JsonObject json) throws JsonException {
    return new ClassAnswer(
        json.array("names").stream().map(name -> Printable.of(String.valueOf(name))).toList());
  }

  @Override
  public Classified apply(List<HostArray> outputs) {
    double[] scores = outputs.get(0).toDoubles();
    if (scores.length != names.size()) {
      throw new IllegalArgumentException(
          "answer: the model gives "
              + outputs.get(0).shape()
              + " for one sample, not a score for each of "
              + names.size()
              + " classes");
    }
    double highest = Arrays.stream(scores).max().orElseThrow();
    double[] powers = Arrays.stream(scores).map(score -> Math.exp(score - highest)).toArray();
    double sum = DoubleStream.of(powers).sum();
    return new Classified(names, Arrays.stream(powers).mapToObj(power -> power / sum).toList());
  }
}
