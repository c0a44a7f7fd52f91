package io.github.trimaran.benchmarks.suite;

import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.benchmarks.cost.Costs;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.tensor.Updates;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** One update of the 4.1 million parameters of BasicConvNet for CIFAR-10. */
public class Adam extends BackendBenchmark {

  private static final AdamStep STEP = new AdamStep(1e-3, 0.9, 0.999, 1e-8, 0, 0.1, 0.001);

  private Backend<?> where;
  private Tensor parameter;
  private Tensor gradient;
  private Tensor mean;
  private Tensor square;

  /** Makes the arrays. */
  @Setup
  public void build() {
    where = ours();
    Shape shape = Shape.of(Costs.PARAMETERS);
    parameter = normal(1, shape);
    gradient = normal(2, shape);
    mean = Tensor.zeros(where, shape, type()).persist();
    square = Tensor.zeros(where, shape, type()).persist();
  }

  /** The update. */
  @Benchmark
  public Object update() {
    Updates.adam(parameter, gradient, mean, square, STEP);
    where.sync();
    return parameter;
  }
}
