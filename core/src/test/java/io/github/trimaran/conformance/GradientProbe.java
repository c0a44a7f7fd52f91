package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.autograd.GradientCheck;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Checks first and second derivatives of an {@link Operation} on tensors. */
final class GradientProbe<A> {

  /** What differences leave out. */
  private static final double TRUNCATION = 1e-7;

  /** Roundings that a derivative goes through, in units of the last place. */
  private static final double ROUNDINGS = 64;

  /** A stretched layout would bring ties, at which there is no derivative. */
  private static final List<Layout> UNSTRETCHED =
      List.of(Layout.DENSE, Layout.PERMUTED, Layout.FLIPPED, Layout.SLICED, Layout.STRIDED);

  private final Probe<A> probe;
  private final Operation<A> operation;
  private final List<Layout> layouts = new ArrayList<>();
  private final List<Grid> point = new ArrayList<>();

  /** At the operands, each in a layout drawn at random. */
  GradientProbe(Probe<A> probe, Operation<A> operation, HostArray... operands) {
    this.probe = probe;
    this.operation = operation;
    for (HostArray operand : operands) {
      Layout layout = UNSTRETCHED.get(probe.rng().nextInt(UNSTRETCHED.size()));
      layouts.add(layout);
      point.add(layout.adapt(Grid.of(operand)));
    }
  }

  /** The gradient along a random direction against differences of the definition. */
  void firstOrder() {
    List<Grid> u = randomResults();
    List<Grid> v = randomDirection();
    double numeric = new Differences(operation.oracle(), point, u).first(v);
    try (Scope scope = Scope.open("a gradient case")) {
      List<Tensor> xs = operands();
      List<Tensor> floats = floats(xs);
      Gradients gradients = Gradients.of(phi(xs, u), floats);
      compare("first", numeric, floats.stream().map(gradients::get).toList(), v);
    }
  }

  /** The gradient of a gradient's projection, likewise. */
  void secondOrder() {
    List<Grid> u = randomResults();
    List<Grid> v = randomDirection();
    List<Grid> w = randomDirection();
    double numeric = new Differences(operation.oracle(), point, u).second(v, w);
    try (Scope scope = Scope.open("a gradient case")) {
      List<Tensor> xs = operands();
      List<Tensor> floats = floats(xs);
      Gradients first = Gradients.differentiable(phi(xs, u), floats.toArray(new Tensor[0]));
      Tensor projected =
          dot(floats.stream().map(first::get).toList(), w.stream().filter(this::isFloat).toList());
      Gradients second = Gradients.of(projected, floats);
      compare("second", numeric, floats.stream().map(second::get).toList(), v);
    }
  }

  /** The same by {@link GradientCheck}, whose differences are of the backend's own results. */
  void byGradientCheck() {
    if (probe.dtype() != DType.FLOAT64) {
      return;
    }
    HostArray[] moving =
        point.stream().filter(this::isFloat).map(Grid::toHost).toArray(HostArray[]::new);
    GradientCheck check = GradientCheck.of(probe.backend(), this::withFixed, moving);
    Rng rng = probe.rng();
    require("GradientCheck, first order", check.firstOrder(rng));
    require("GradientCheck, second order", check.secondOrder(rng));
  }

  private static void require(String what, GradientCheck.Result result) {
    if (!(result.error() < 1e-6)) {
      throw new AssertionError(what + ": " + result);
    }
  }

  /** The projected sum of results when the operands that are not floats stay as they are. */
  private Tensor withFixed(List<Tensor> moving) {
    List<Tensor> all = new ArrayList<>();
    int next = 0;
    for (Grid grid : point) {
      all.add(isFloat(grid) ? moving.get(next++) : Tensor.of(probe.backend(), grid.toHost()));
    }
    return operation.tensor().apply(all).get(0);
  }

  private boolean isFloat(Grid grid) {
    return grid.dtype().isFloating();
  }

  private List<Tensor> operands() {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < point.size(); i++) {
      Tensor x = layouts.get(i).arrange(Arranger.onTensors(probe.backend()), point.get(i));
      tensors.add(isFloat(point.get(i)) ? x.requiresGrad() : x);
    }
    return tensors;
  }

  private static List<Tensor> floats(List<Tensor> tensors) {
    return tensors.stream().filter(x -> x.dtype().isFloating()).toList();
  }

  private Tensor phi(List<Tensor> xs, List<Grid> u) {
    return dot(operation.tensor().apply(xs), u);
  }

  private Tensor dot(List<Tensor> tensors, List<Grid> weights) {
    Backend<A> backend = probe.backend();
    Tensor sum = Tensor.scalar(backend, 0, probe.dtype());
    for (int i = 0; i < tensors.size(); i++) {
      sum = sum.add(tensors.get(i).mul(Tensor.of(backend, weights.get(i).toHost())).sum());
    }
    return sum;
  }

  private void compare(String order, double numeric, List<Tensor> gradients, List<Grid> v) {
    List<Grid> directions = v.stream().filter(this::isFloat).toList();
    double analytic = 0;
    double magnitude = 1;
    for (int i = 0; i < gradients.size(); i++) {
      Grid gradient = Grid.of(gradients.get(i).toHost());
      Comparison.requireEqual("shape of a gradient", directions.get(i).shape(), gradient.shape());
      analytic += Differences.dot(gradient, directions.get(i));
      magnitude += Differences.dot(gradient.abs(), directions.get(i).abs());
    }
    double epsilon = Tolerance.epsilon(probe.dtype());
    double allowed = (TRUNCATION + ROUNDINGS * epsilon) * magnitude;
    if (!(Math.abs(analytic - numeric) <= allowed)) {
      throw new AssertionError(
          order
              + " order: by differences "
              + numeric
              + ", by automatic differentiation "
              + analytic
              + " (allowed "
              + allowed
              + "), layouts "
              + layouts);
    }
  }

  private List<Grid> randomResults() {
    return operation.oracle().apply(point).stream().map(this::random).toList();
  }

  /** A direction for each operand; not used for those that are not floats. */
  private List<Grid> randomDirection() {
    return point.stream().map(this::random).toList();
  }

  private Grid random(Grid like) {
    return Grid.fill(like.shape(), like.dtype(), index -> (float) probe.rng().nextDouble(-1, 1));
  }
}
