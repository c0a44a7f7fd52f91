package io.github.trimaran.optim;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.optim.LineSearch.Point;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Limited-memory BFGS (Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithm 7.5):
 * few but good steps down a loss that is a function of the parameters alone, such as that of all
 * the data, not of one batch.
 *
 * <pre>{@code
 * Lbfgs lbfgs = new Lbfgs(model.parameters());
 * while (lbfgs.steps() < 100 && lbfgs.step(() -> loss(model, data))) {
 *   System.out.println(lbfgs.loss());
 * }
 * }</pre>
 *
 * <p>Each step computes the loss as often as its line search needs, so it is no {@link Optimizer}:
 * it is given the loss, not gradients. The search is for the strong Wolfe conditions, and the steps
 * are those of PyTorch's {@code LBFGS(params, max_iter=1, line_search_fn="strong_wolfe")}; within
 * {@link #within bounds} it halves steps. What is known of the point where a step ended is not
 * computed again, unless the parameters were changed since. It calculates in float64 on the host,
 * whatever the parameters are, and leaves frozen ones alone.
 */
public final class Lbfgs {

  private static final String STEP = "step";
  private static final String X = "x";
  private static final String LOSS = "loss";
  private static final String GRADIENT = "gradient";

  private final List<Parameter> parameters;
  private int historySize = 100;
  private LineSearch search = new StrongWolfe();

  /** NaN for PyTorch's. */
  private double firstStep = Double.NaN;

  private CurvaturePairs pairs = new CurvaturePairs(historySize);

  /** Null before the first evaluation. */
  private Point at;

  private long steps;

  /** Without bounds. */
  public Lbfgs(List<Parameter> parameters) {
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("Lbfgs: there are no parameters");
    }
    this.parameters = List.copyOf(parameters);
  }

  private Lbfgs changed(Consumer<Lbfgs> change) {
    Lbfgs copy = new Lbfgs(parameters);
    copy.historySize = historySize;
    copy.search = search;
    copy.firstStep = firstStep;
    change.accept(copy);
    copy.pairs = new CurvaturePairs(copy.historySize);
    return copy;
  }

  /**
   * The same remembering that many steps, with two numbers each for every parameter's; 100 unless
   * set.
   */
  public Lbfgs historySize(int count) {
    Settings.requireSteps("Lbfgs: history size", count);
    return changed(copy -> copy.historySize = count);
  }

  /** The same keeping all numbers between these two: steps are clipped to them. */
  public Lbfgs within(double low, double high) {
    if (!(low < high)) {
      throw new IllegalArgumentException("Lbfgs: nothing is within " + low + " and " + high);
    }
    return changed(copy -> copy.search = new Backtracking(low, high));
  }

  /**
   * The same trying at first to move the number that moves most by that much; nothing is known of
   * the curvature then. Unless set, the whole gradient is taken, or as much of it as sums up to 1.
   */
  public Lbfgs firstStep(double largest) {
    Settings.requirePositive("Lbfgs: first step", largest);
    return changed(copy -> copy.firstStep = largest);
  }

  /** What it changes. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /**
   * One step.
   *
   * @param closure computes the loss, of one element, from the parameters as they are
   * @return whether to go on: the loss fell, or would not in a direction that is now forgotten.
   *     False at a minimum, as far as the precision of the loss goes
   */
  public boolean step(Supplier<Tensor> closure) {
    if (at == null || !isAt(at.x())) {
      pairs.clear();
      at = evaluate(closure, read());
    }
    double[] direction = pairs.direction(at.gradient());
    if (Vectors.dot(direction, at.gradient()) >= 0) {
      pairs.clear();
      direction = Vectors.scaled(at.gradient(), -1);
    }
    double first = pairs.isEmpty() ? firstTrial(direction) : 1;
    Point next = search.search(x -> evaluate(closure, x), at, direction, first);
    if (next == null) {
      place(at.x());
      boolean wasQuasiNewton = !pairs.isEmpty();
      pairs.clear();
      return wasQuasiNewton;
    }
    place(next.x());
    pairs.add(Vectors.sum(next.x(), at.x(), -1), Vectors.sum(next.gradient(), at.gradient(), -1));
    at = next;
    steps++;
    return true;
  }

  private double firstTrial(double[] direction) {
    if (Double.isNaN(firstStep)) {
      return Math.min(1, 1 / Vectors.absoluteSum(direction));
    }
    return firstStep / Math.max(Vectors.largest(direction), Double.MIN_NORMAL);
  }

  /** The loss where the last step ended; NaN before the first. */
  public double loss() {
    return at == null ? Double.NaN : at.loss();
  }

  /** How many steps made the loss smaller. */
  public long steps() {
    return steps;
  }

  // ---- the parameters as one vector -----------------------------------------------------------

  private List<Parameter> trained() {
    return parameters.stream().filter(parameter -> !parameter.isFrozen()).toList();
  }

  private double[] read() {
    return concatenated(Parameter.tensors(trained()));
  }

  private static double[] concatenated(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::toDoubles).flatMapToDouble(Arrays::stream).toArray();
  }

  /** The values of each parameter that is trained, in its dtype. */
  private Map<Parameter, HostArray> split(double[] x) {
    Map<Parameter, HostArray> values = new LinkedHashMap<>();
    int from = 0;
    for (Parameter parameter : trained()) {
      Shape shape = parameter.tensor().shape();
      double[] own = Arrays.copyOfRange(x, from, from + shape.size());
      values.put(parameter, HostArray.of(own, shape).to(parameter.tensor().dtype()));
      from += shape.size();
    }
    return values;
  }

  private boolean isAt(double[] x) {
    int size = trained().stream().mapToInt(parameter -> parameter.tensor().shape().size()).sum();
    return size == x.length
        && split(x).entrySet().stream()
            .allMatch(entry -> entry.getKey().tensor().toHost().equals(entry.getValue()));
  }

  private void place(double[] x) {
    split(x)
        .forEach(
            (parameter, values) -> {
              try (Scope scope = Scope.open("a step of L-BFGS")) {
                Tensor tensor = parameter.tensor();
                tensor.assign(Tensor.of(tensor.backend(), values));
              }
            });
  }

  private Point evaluate(Supplier<Tensor> closure, double[] x) {
    place(x);
    try (Scope scope = Scope.open("a step of L-BFGS")) {
      Tensor loss = closure.get();
      List<Tensor> tensors = Parameter.tensors(trained());
      Gradients gradients = Gradients.of(loss, tensors);
      return new Point(x, loss.item(), concatenated(tensors.stream().map(gradients::get).toList()));
    }
  }

  // ---- state ----------------------------------------------------------------------------------

  /** A copy of everything it remembers from step to step. */
  public StateDict state() {
    Map<String, HostArray> values = new LinkedHashMap<>();
    values.put(STEP, HostArray.of(new long[] {steps}, Shape.scalar()));
    if (at != null) {
      values.put(X, vector(at.x()));
      values.put(LOSS, HostArray.of(new double[] {at.loss()}, Shape.scalar()));
      values.put(GRADIENT, vector(at.gradient()));
      List<CurvaturePairs.Pair> history = pairs.inOrder();
      for (int i = 0; i < history.size(); i++) {
        values.put("s." + i, vector(history.get(i).s()));
        values.put("y." + i, vector(history.get(i).y()));
      }
    }
    return StateDict.of(values);
  }

  private static HostArray vector(double[] values) {
    return HostArray.of(values.clone(), Shape.of(values.length));
  }

  /**
   * Goes on from a state that one of the same parameters gave.
   *
   * @throws IllegalArgumentException listing everything missing, unexpected and of another shape
   */
  public void restore(StateDict state) {
    int history = (int) state.names().stream().filter(name -> name.startsWith("s.")).count();
    Map<String, Shape> expected = new LinkedHashMap<>();
    expected.put(STEP, Shape.scalar());
    if (state.contains(X)) {
      Shape vector = Shape.of(read().length);
      expected.put(X, vector);
      expected.put(LOSS, Shape.scalar());
      expected.put(GRADIENT, vector);
      for (int i = 0; i < history; i++) {
        expected.put("s." + i, vector);
        expected.put("y." + i, vector);
      }
    }
    state.requireMatch("Lbfgs", expected);
    steps = state.get(STEP).longs()[0];
    at =
        state.contains(X)
            ? new Point(
                state.get(X).doubles(), state.get(LOSS).get(0), state.get(GRADIENT).doubles())
            : null;
    pairs.clear();
    for (int i = 0; i < history; i++) {
      pairs.add(state.get("s." + i).doubles(), state.get("y." + i).doubles());
    }
  }
}
