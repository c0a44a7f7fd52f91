package io.github.trimaran.examples.datasets;

import io.github.trimaran.examples.report.DataFacts;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.vision.weights.ClassNames;
import java.util.List;

/**
 * Weights of a SqueezeNet, what they are, and what its classes are called.
 *
 * @param weights with the preparation of images in their metadata
 * @param classes one name a class; several names of one class are separated by commas
 * @param facts for the report
 */
public record Pretrained(StateDict weights, List<String> classes, DataFacts facts) {

  /** Keeps a copy. */
  public Pretrained {
    classes = List.copyOf(classes);
  }

  /**
   * The class that a number or a name means: a name as a whole, then the only class with such a
   * word.
   *
   * @throws IllegalArgumentException if there is none, or several, listing some
   */
  public int classIndex(String numberOrName) {
    return ClassNames.find(classes, numberOrName);
  }

  /** The first name of a class: {@code "goldfish"} of {@code "goldfish, Carassius auratus"}. */
  public String shortName(int index) {
    return ClassNames.first(classes.get(index));
  }
}
