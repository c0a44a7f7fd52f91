package io.github.trimaran.nn;

import java.util.List;

/**
 * What {@link Model#loadMatching} found.
 *
 * <pre>{@code
 * LoadReport report = model.loadMatching(pretrained);
 * System.out.println(report); // loaded 50, missing 2: [classifier.1.weight, classifier.1.bias]
 * }</pre>
 *
 * @param loaded the names of the values that were loaded
 * @param missing the names that the model has and the dictionary has not
 * @param unexpected the names that the dictionary has and the model has not
 * @param otherShape what has the right name but another shape, with both shapes
 */
public record LoadReport(
    List<String> loaded, List<String> missing, List<String> unexpected, List<String> otherShape) {

  /** Keeps copies of the lists. */
  public LoadReport {
    loaded = List.copyOf(loaded);
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    otherShape = List.copyOf(otherShape);
  }

  /** Whether everything fitted. */
  public boolean isComplete() {
    return missing.isEmpty() && unexpected.isEmpty() && otherShape.isEmpty();
  }

  @Override
  public String toString() {
    return "loaded "
        + loaded.size()
        + told("missing", missing)
        + told("unexpected", unexpected)
        + told("of another shape", otherShape);
  }

  private static String told(String what, List<String> names) {
    return names.isEmpty() ? "" : ", " + what + " " + names.size() + ": " + names;
  }
}
