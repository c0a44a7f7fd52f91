package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.SgdStep;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.opentest4j.TestAbortedException;

/**
 * What a case checks with: runs an {@link Operation} on operands in all layouts, through the
 * backend interface and through tensors, and compares with the operation's definition.
 */
final class Probe<A> {

  private static final List<Layout> LAYOUTS = List.of(Layout.values());
  private static final int MIXED_PLANS = 2;

  /** The methods whose results may share memory with their operand. */
  private static final Set<String> VIEWS =
      Set.of("reshape", "permute", "flip", "slice", "broadcastTo");

  private final Backend<A> backend;
  private final String method;
  private final DType dtype;
  private final Rng rng;
  private boolean unfused;

  /** For cases of that method of the backend. */
  Probe(Backend<A> backend, String method, DType dtype, Rng rng) {
    this.backend = backend;
    this.method = method;
    this.dtype = dtype;
    this.rng = rng;
  }

  Backend<A> backend() {
    return backend;
  }

  DType dtype() {
    return dtype;
  }

  Rng rng() {
    return rng;
  }

  /**
   * Ends the case as skipped if the backend did not fuse an operation; through tensors, core's
   * composition has been checked all the same.
   */
  void requireFused() {
    if (unfused) {
      throw new TestAbortedException("not fused; the composition passes");
    }
  }

  // ---- operands -------------------------------------------------------------------------------

  /** Random values of the case's dtype: floats from -2 to 2, integers from -9 to 9. */
  HostArray values(int... extents) {
    Shape shape = Shape.of(extents);
    HostArray values = HostArray.zeros(shape, dtype);
    for (int i = 0; i < shape.size(); i++) {
      values.set(
          i,
          switch (dtype) {
            case FLOAT32, FLOAT64 -> rng.nextDouble(-2, 2);
            case INT64 -> rng.nextInt(19) - 9;
            case BOOL -> rng.nextInt(2);
          });
    }
    return values;
  }

  /** Random floats from {@code low} to {@code high}, in the case's dtype. */
  HostArray between(double low, double high, int... extents) {
    HostArray values = HostArray.zeros(Shape.of(extents), dtype);
    for (int i = 0; i < values.shape().size(); i++) {
      values.set(i, rng.nextDouble(low, high));
    }
    return values;
  }

  /** Random INT64 values from 0 to {@code bound - 1}. */
  HostArray indices(int bound, int... extents) {
    HostArray values = HostArray.zeros(Shape.of(extents), DType.INT64);
    for (int i = 0; i < values.shape().size(); i++) {
      values.set(i, rng.nextInt(bound));
    }
    return values;
  }

  /** Given values in the case's dtype. */
  HostArray array(double[] values, int... extents) {
    return HostArray.of(values, Shape.of(extents)).to(dtype);
  }

  // ---- checks ---------------------------------------------------------------------------------

  /** Checks against a value worked out by hand, which the definition must give too. */
  void checkByHand(Operation<A> operation, HostArray expected, HostArray... operands) {
    List<Grid> grids = grids(operands);
    List<Grid> defined = operation.oracle().apply(grids);
    Comparison.require(
        "the suite's own definition",
        operation.tolerance(),
        Grid.of(expected),
        magnitudes(operation, grids, defined).get(0),
        1,
        defined.get(0).toHost());
    check(operation, operands);
  }

  /** Checks the operation on operands in all layouts and some mixtures of them. */
  void check(Operation<A> operation, HostArray... operands) {
    Set<List<Layout>> plans = new LinkedHashSet<>();
    for (Layout layout : LAYOUTS) {
      plans.add(Collections.nCopies(operands.length, layout));
    }
    for (int i = 0; i < MIXED_PLANS && operands.length > 1; i++) {
      plans.add(randomPlan(operands.length));
    }
    plans.forEach(plan -> check(operation, plan, operands));
  }

  /** Checks the operation on dense operands only: for large ones. */
  void checkDense(Operation<A> operation, HostArray... operands) {
    check(operation, Collections.nCopies(operands.length, Layout.DENSE), operands);
  }

  /** Checks the operation on operands in layouts drawn at random: for many random shapes. */
  void checkMixed(Operation<A> operation, HostArray... operands) {
    check(operation, randomPlan(operands.length), operands);
  }

  private List<Layout> randomPlan(int operands) {
    List<Layout> plan = new ArrayList<>();
    for (int i = 0; i < operands; i++) {
      plan.add(LAYOUTS.get(rng.nextInt(LAYOUTS.size())));
    }
    return plan;
  }

  private void check(Operation<A> operation, List<Layout> plan, HostArray... operands) {
    List<Grid> given = new ArrayList<>();
    for (int i = 0; i < operands.length; i++) {
      given.add(plan.get(i).adapt(Grid.of(operands[i])));
    }
    List<Grid> values = operation.oracle().apply(given);
    Expectation expected =
        new Expectation(
            operation.tolerance(),
            values,
            magnitudes(operation, given, values),
            operation.tolerance().terms().applyAsInt(given));
    if (operation.backend() != null) {
      checkBackend(operation, plan, given, expected);
    }
    if (operation.tensor() != null) {
      checkTensors(operation, plan, given, expected);
    }
  }

  /** What all results must be. */
  private record Expectation(
      Tolerance tolerance, List<Grid> values, List<Grid> magnitudes, int terms) {

    void require(String what, List<HostArray> results) {
      if (results.size() != values.size()) {
        throw new AssertionError(what + ": " + results.size() + " results");
      }
      for (int i = 0; i < results.size(); i++) {
        String which = results.size() == 1 ? what : what + ", result " + i;
        Comparison.require(
            which, tolerance, values.get(i), magnitudes.get(i), terms, results.get(i));
      }
    }
  }

  private static <A> List<Grid> magnitudes(
      Operation<A> operation, List<Grid> given, List<Grid> values) {
    return operation.tolerance().scale() == Tolerance.Scale.MAGNITUDE
        ? operation.oracle().apply(given.stream().map(Probe::magnitudeOf).toList())
        : values;
  }

  private static Grid magnitudeOf(Grid grid) {
    return grid.dtype().isFloating() ? grid.abs() : grid;
  }

  private void checkBackend(
      Operation<A> operation, List<Layout> plan, List<Grid> given, Expectation expected) {
    long before = backend.liveArrays();
    List<A> operands = arranged(Arranger.on(backend), plan, given);
    requireLive(before + operands.size(), "after making the operands in layout " + plan);
    List<A> results = operation.backend().apply(backend, operands);
    if (results.isEmpty()) {
      operands.forEach(backend::release);
      unfused = true;
      return;
    }
    requireLive(before + operands.size() + results.size(), "after the operation");
    List<HostArray> first = download(results);
    expected.require("layout " + plan, first);
    for (int i = 0; i < operands.size(); i++) {
      Comparison.requireSame(
          "operand " + i + " in layout " + plan + " after the operation",
          given.get(i).toHost(),
          backend.toHost(operands.get(i)));
    }
    results.forEach(backend::release);
    // Again, now read only after the operands are gone and their memory is used for something else.
    List<A> again = operation.backend().apply(backend, operands);
    Collections.reverse(operands);
    if (!VIEWS.contains(method)) {
      operands.forEach(this::overwrite);
    }
    operands.forEach(backend::release);
    for (Grid grid : given) {
      backend.release(backend.full(grid.shape(), grid.dtype(), 77));
    }
    List<HostArray> second = download(again);
    again.forEach(backend::release);
    for (int i = 0; i < first.size(); i++) {
      Comparison.requireSame(
          "layout " + plan + ", the second time, operands released", first.get(i), second.get(i));
    }
    requireLive(before, "after all was released, layout " + plan);
  }

  /** Changes an array where it lies: what shares its memory changes with it. */
  private void overwrite(A array) {
    A ones = backend.full(backend.shape(array), backend.dtype(array), 1);
    if (!backend.dtype(array).isFloating()
        || !backend.sgdUpdate(array, ones, null, new SgdStep(77, 0, false, 0))) {
      backend.assign(array, ones);
    }
    backend.release(ones);
  }

  private void checkTensors(
      Operation<A> operation, List<Layout> plan, List<Grid> given, Expectation expected) {
    long before = backend.liveArrays();
    try (Scope scope = Scope.open("a conformance case")) {
      List<Tensor> operands = arranged(Arranger.onTensors(backend), plan, given);
      List<Tensor> results = operation.tensor().apply(operands);
      expected.require(
          "through tensors, layout " + plan, results.stream().map(Tensor::toHost).toList());
      for (int i = 0; i < results.size(); i++) {
        Grid wanted = expected.values().get(i);
        if (!results.get(i).shape().equals(wanted.shape())
            || results.get(i).dtype() != wanted.dtype()) {
          throw new AssertionError(
              "the tensor is "
                  + results.get(i).describe()
                  + ", not "
                  + wanted.dtype()
                  + wanted.shape());
        }
      }
    }
    requireLive(before, "after the scope closed, layout " + plan);
  }

  private static <T> List<T> arranged(Arranger<T> to, List<Layout> plan, List<Grid> given) {
    List<T> arranged = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      arranged.add(plan.get(i).arrange(to, given.get(i)));
    }
    return arranged;
  }

  /** The values of arrays whose shape and dtype the backend must state as they are. */
  private List<HostArray> download(List<A> arrays) {
    List<HostArray> hosts = new ArrayList<>();
    for (A array : arrays) {
      HostArray host = backend.toHost(array);
      if (!backend.shape(array).equals(host.shape()) || backend.dtype(array) != host.dtype()) {
        throw new AssertionError(
            "the backend states "
                + backend.dtype(array)
                + " "
                + backend.shape(array)
                + ", its host values are "
                + host.dtype()
                + " "
                + host.shape());
      }
      hosts.add(host);
    }
    return hosts;
  }

  /** Requires that so many arrays are live. */
  void requireLive(long expected, String when) {
    if (backend.liveArrays() != expected) {
      throw new AssertionError(
          "live arrays " + when + ": expected " + expected + ", are " + backend.liveArrays());
    }
  }

  private static List<Grid> grids(HostArray... operands) {
    List<Grid> grids = new ArrayList<>();
    for (HostArray operand : operands) {
      grids.add(Grid.of(operand));
    }
    return grids;
  }
}
