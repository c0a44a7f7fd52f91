package io.github.trimaran.conformance;

import static io.github.trimaran.conformance.ComposedReduceCases.AXES;
import static io.github.trimaran.conformance.ComposedReduceCases.kept;
import static io.github.trimaran.conformance.ComposedReduceCases.vanishing;

import io.github.trimaran.array.DType;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** What is true of any element, or of all. */
final class TruthCases<A> {

  private Catalogue<A> catalogue;

  void addTo(Catalogue<A> to) {
    catalogue = to;
    truth(
        "any",
        Tensor::any,
        Tensor::anyKeepDims,
        values -> Arrays.stream(values).anyMatch(v -> v != 0));
    truth(
        "all",
        Tensor::all,
        Tensor::allKeepDims,
        values -> Arrays.stream(values).allMatch(v -> v != 0));
  }

  /** What is true of elements together. */
  private interface Truth {
    boolean of(double... values);
  }

  private void truth(
      String method,
      ComposedReduceCases.Reduced vanishing,
      ComposedReduceCases.Reduced keeping,
      Truth truth) {
    for (int[] axes : AXES) {
      catalogue.add(
          method,
          Catalogue.ALL,
          "of [2, 3, 2] over " + Arrays.toString(axes),
          p -> {
            p.check(ofTruth(vanishing, truth, false, axes), Samples.tied(p, 2, 3, 2));
            p.check(ofTruth(keeping, truth, true, axes), Samples.tied(p, 2, 3, 2));
          });
    }
    catalogue.add(
        method,
        Catalogue.ALL,
        "of all, of nothing, of 0-d",
        p -> {
          p.check(ofTruth(vanishing, truth, false), Samples.tied(p, 2, 2));
          p.check(ofTruth(vanishing, truth, false), p.values(0, 2));
          p.check(ofTruth(vanishing, truth, false, 0), p.values(0, 2));
          p.check(ofTruth(vanishing, truth, false), p.values());
        });
    catalogue.add(
        method,
        Catalogue.FLOATS,
        "NaN and -0",
        p ->
            p.check(
                ofTruth(vanishing, truth, false, 1),
                p.array(new double[] {Double.NaN, 0, -0.0, 0}, 2, 2)));
  }

  private static <A> Operation<A> ofTruth(
      ComposedReduceCases.Reduced tensor, Truth truth, boolean keep, int... axes) {
    ReduceOracles.Reduction definition = values -> truth.of(values) ? 1 : 0;
    Operation<A> numbers =
        keep
            ? kept(tensor, definition, Tolerance.exact(), axes)
            : vanishing(tensor, definition, Tolerance.exact(), axes);
    return new Operation<>(
        null,
        numbers.tensor(),
        x -> {
          Grid result = numbers.oracle().apply(x).get(0);
          return List.of(new Grid(result.shape(), DType.BOOL, result.values()));
        },
        numbers.tolerance());
  }
}
