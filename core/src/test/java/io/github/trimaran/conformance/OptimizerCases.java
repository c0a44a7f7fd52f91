package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.conformance.OptimizerOracles.Rule;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.optim.AdamW;
import io.github.trimaran.optim.Clipping;
import io.github.trimaran.optim.Lbfgs;
import io.github.trimaran.optim.Muon;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.optim.OptimizerGroup;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Optimisers, which update in place: against PyTorch's own numbers, which a table holds, and
 * against their formulas at every step.
 */
final class OptimizerCases<A> {

  private static final int STEPS = 12;

  /** When a parameter is frozen in the cases about that: from this step up to before that. */
  private static final int FROZEN_FROM = 3;

  private static final int FROZEN_TO = 7;

  private final NumberTable table = NumberTable.read("/optim/optimizers.txt");
  private final NumberTable lbfgsTable = NumberTable.read("/optim/lbfgs.txt");
  private Catalogue<A> catalogue;

  void addTo(Catalogue<A> to) {
    catalogue = to;
    Set<String> unused = new LinkedHashSet<>(table.names());
    for (Rule rule : OptimizerOracles.rules()) {
      if (unused.remove(rule.name())) {
        againstTable(rule.name(), Clipping.NONE, rule.optimizer());
      }
      add(rule.name() + " against its formula", p -> againstFormula(p, rule, STEPS, STEPS));
      add(
          rule.name() + " with a part frozen for a while",
          p -> againstFormula(p, rule, FROZEN_FROM, FROZEN_TO));
      add(rule.name() + " goes on from its state", p -> goesOn(p, rule.optimizer()));
    }
    for (String name : unused) {
      tableOnly(name);
    }
    add("Muon against its formula", this::muon);
    add("Muon of several matrices of one shape", OptimizerCases::muonOfSeveral);
    add("Muon goes on from its state", p -> goesOn(p, OptimizerCases::muonAndSgd));
    lbfgs();
  }

  private void add(String name, Consumer<Probe<A>> body) {
    catalogue.add("assign", Catalogue.FLOATS, name, body);
  }

  /** What the table has beside single optimisers: groups and clipping. */
  private void tableOnly(String name) {
    switch (name) {
      case "SGD, groups" ->
          againstTable(
              name,
              Clipping.NONE,
              p ->
                  new OptimizerGroup(
                      new Sgd(p.subList(0, 1), 0.1).momentum(0.9).weightDecay(0.05),
                      new Sgd(p.subList(1, 2), 0.02).momentum(0.5)));
      case "AdamW, weights only" ->
          againstTable(name, Clipping.NONE, p -> new AdamW(p, 0.05).weightDecay(0.5));
      case "SGD, clip_grad_norm_ 1.5" ->
          againstTable(name, Clipping.gradNorm(1.5), p -> new Sgd(p, 0.1));
      case "SGD, clip_grad_value_ 0.7" ->
          againstTable(name, Clipping.gradValue(0.7), p -> new Sgd(p, 0.1));
      default -> throw new IllegalStateException("no case uses the table's '" + name + "'");
    }
  }

  private void againstTable(
      String name, Clipping clipping, Function<List<Parameter>, Optimizer> optimizer) {
    add(
        name + " against PyTorch",
        p -> {
          try (OptimizerRun run = new OptimizerRun(p.backend(), p.dtype(), optimizer)) {
            for (int k = 0; k < STEPS; k++) {
              run.step(clipping);
              if (table.has(name, k + 1)) {
                requireNear("step " + (k + 1), p.dtype(), table.get(name, k + 1), run.values());
              }
            }
          }
        });
  }

  /** The vector is frozen from one step up to before another. */
  private void againstFormula(Probe<A> p, Rule rule, int frozenFrom, int frozenTo) {
    double[] w = OptimizerRun.start();
    double[][] slots = new double[w.length][3];
    int[] t = new int[w.length];
    try (OptimizerRun run = new OptimizerRun(p.backend(), p.dtype(), rule.optimizer())) {
      for (int k = 0; k < STEPS; k++) {
        boolean frozen = k >= frozenFrom && k < frozenTo;
        for (int i = 0; i < (frozen ? OptimizerRun.MATRIX_SIZE : w.length); i++) {
          double g = OptimizerRun.gradient(w[i], k, i);
          w[i] = rule.formula().step(w[i], g, slots[i], ++t[i], k);
        }
        run.freezeVector(frozen);
        run.step(Clipping.NONE);
        requireNear("step " + (k + 1), p.dtype(), w, run.values());
      }
    }
  }

  /** A state saved while the vector is frozen goes on bit for bit, in another optimiser. */
  private void goesOn(Probe<A> p, Function<List<Parameter>, Optimizer> optimizer) {
    try (OptimizerRun whole = new OptimizerRun(p.backend(), p.dtype(), optimizer);
        OptimizerRun parts = new OptimizerRun(p.backend(), p.dtype(), optimizer)) {
      for (int k = 0; k < STEPS; k++) {
        for (OptimizerRun run : List.of(whole, parts)) {
          run.freezeVector(k < FROZEN_TO);
          run.step(Clipping.NONE);
        }
        if (k == FROZEN_FROM || k == FROZEN_TO) {
          parts.renewOptimizer();
        }
      }
      Comparison.requireEqual(
          "values", Arrays.toString(whole.values()), Arrays.toString(parts.values()));
      Comparison.requireEqual("state", whole.optimizer().state(), parts.optimizer().state());
    }
  }

  private static Optimizer muonAndSgd(List<Parameter> parameters) {
    return new OptimizerGroup(
        new Muon(parameters.subList(0, 1), 0.1).weightDecay(0.05),
        new Sgd(parameters.subList(1, 2), 0.1));
  }

  private void muon(Probe<A> p) {
    double[] w = OptimizerRun.start();
    double[] velocity = new double[OptimizerRun.MATRIX_SIZE];
    try (OptimizerRun run = new OptimizerRun(p.backend(), p.dtype(), OptimizerCases::muonAndSgd)) {
      for (int k = 0; k < STEPS; k++) {
        double[] g = new double[w.length];
        double[][] direction = new double[3][2];
        for (int i = 0; i < w.length; i++) {
          g[i] = OptimizerRun.gradient(w[i], k, i);
          if (i < velocity.length) {
            velocity[i] = 0.95 * velocity[i] + g[i];
            direction[i / 2][i % 2] = g[i] + 0.95 * velocity[i];
          }
        }
        double[][] orthogonal = MuonOracle.orthogonalised(direction);
        for (int i = 0; i < w.length; i++) {
          w[i] =
              i < velocity.length
                  ? (1 - 0.1 * 0.05) * w[i] - 0.1 * Math.sqrt(1.5) * orthogonal[i / 2][i % 2]
                  : w[i] - 0.1 * g[i];
        }
        run.step(Clipping.NONE);
        // The library adds 1e-7 to the norm.
        requireNear("step " + (k + 1), w, run.values(), p.dtype() == DType.FLOAT32 ? 1e-4 : 1e-6);
      }
    }
  }

  private static void muonOfSeveral(Probe<?> p) {
    muonOfSeveral(p, 3);
    muonOfSeveral(p, 7); // wide
  }

  private static void muonOfSeveral(Probe<?> p, int columns) {
    try (Scope scope = Scope.open()) {
      List<Parameter> weights = new ArrayList<>();
      List<Tensor> gradients = new ArrayList<>();
      for (int k = 0; k < 3; k++) {
        weights.add(weight(p, "w" + k, new double[2 * columns], columns));
        gradients.add(weight(p, "g" + k, several(k, columns), columns).tensor());
      }
      try (Muon muon = new Muon(weights, 1).momentum(0)) {
        muon.step(gradients);
      }
      for (int k = 0; k < 3; k++) {
        double[] g = several(k, columns);
        double[][] rows = {Arrays.copyOf(g, columns), Arrays.copyOfRange(g, columns, 2 * columns)};
        double[] expected =
            Arrays.stream(MuonOracle.orthogonalised(rows))
                .flatMapToDouble(Arrays::stream)
                .map(d -> -d)
                .toArray();
        double[] found = weights.get(k).tensor().toDoubles();
        requireNear("matrix " + k, expected, found, p.dtype() == DType.FLOAT32 ? 1e-4 : 1e-6);
      }
    }
  }

  private static double[] several(int k, int columns) {
    return IntStream.range(0, 2 * columns)
        .mapToDouble(i -> Math.cos(1.3 * k + 0.7 * i * i))
        .toArray();
  }

  private static Parameter weight(Probe<?> p, String name, double[] values, int columns) {
    HostArray array = HostArray.of(values, Shape.of(2, columns)).to(p.dtype());
    return new Parameter(name, Parameter.Role.WEIGHT, Tensor.of(p.backend(), array).requiresGrad());
  }

  // ---- L-BFGS ---------------------------------------------------------------------------------

  private void lbfgs() {
    String name = "LBFGS(line_search_fn='strong_wolfe')";
    String forgetful = "LBFGS(history_size=2, line_search_fn='strong_wolfe')";
    lbfgs(name, Lbfgs::new);
    lbfgs(forgetful, p -> new Lbfgs(p).historySize(2));
  }

  private void lbfgs(String name, Function<List<Parameter>, Lbfgs> make) {
    add(
        name + " against PyTorch",
        p -> {
          try (OptimizerRun run =
              new OptimizerRun(p.backend(), p.dtype(), all -> new Sgd(all, 1))) {
            Lbfgs lbfgs = make.apply(run.parameters());
            for (int k = 1; k <= STEPS; k++) {
              lbfgs.step(() -> curvedLoss(p, run.parameters()));
              if (lbfgsTable.has(name, k)) {
                double[] expected = lbfgsTable.get(name, k);
                // Searches amplify rounding.
                double allowed = p.dtype() == DType.FLOAT32 ? 2e-3 : 1e-9;
                requireNear("step " + k, expected, run.values(), allowed);
              }
            }
          }
        });
  }

  /** {@code sum((tanh(A w) + b - Y)^2) + 0.1 sum(w^4)}. */
  private Tensor curvedLoss(Probe<A> p, List<Parameter> parameters) {
    Tensor w = parameters.get(0).tensor();
    Tensor a = Tensor.of(p.backend(), filled(p.dtype(), i -> Math.cos(0.7 * i), 8, 3));
    Tensor y = Tensor.of(p.backend(), filled(p.dtype(), i -> Math.sin(1.1 * i), 8, 2));
    Tensor error = a.matmul(w).tanh().add(parameters.get(1).tensor()).sub(y);
    Tensor squares = w.mul(w);
    return error.mul(error).sum().add(squares.mul(squares).sum().mul(0.1));
  }

  private static HostArray filled(DType dtype, IntToDoubleFunction value, int... extents) {
    HostArray values = HostArray.zeros(Shape.of(extents), dtype);
    for (int i = 0; i < values.shape().size(); i++) {
      values.set(i, value.applyAsDouble(i));
    }
    return values;
  }

  // ---- comparison -----------------------------------------------------------------------------

  private static void requireNear(String what, DType dtype, double[] expected, double[] actual) {
    requireNear(what, expected, actual, dtype == DType.FLOAT32 ? 1e-5 : 1e-12);
  }

  private static void requireNear(String what, double[] expected, double[] actual, double allowed) {
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs(expected[i] - actual[i]);
      if (!(error <= allowed * Math.max(1, Math.abs(expected[i])))) {
        throw new AssertionError(
            what + ", number " + i + ": expected " + expected[i] + ", got " + actual[i]);
      }
    }
  }
}
