package io.github.trimaran.benchmarks.suite;

import io.github.trimaran.array.Shape;
import io.github.trimaran.benchmarks.cost.Costs;
import io.github.trimaran.benchmarks.peers.Work;
import io.github.trimaran.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Operations on 1.6 million elements, those of a convolution's output on CIFAR-10. */
public class Elementwise extends BackendBenchmark {

  private Work add;
  private Work mul;
  private Work relu;
  private Work exp;
  private Work tanh;
  private Work gelu;
  private Work bias;
  private Work sum;

  /** Makes the operands. */
  @Setup
  public void build() {
    Tensor a = normal(1, Costs.IMAGE);
    Tensor b = normal(2, Costs.IMAGE);
    Tensor perChannel = normal(3, Shape.of(1, Costs.IMAGE.dim(1), 1, 1));
    add = operation(() -> a.add(b));
    mul = operation(() -> a.mul(b));
    relu = operation(a::relu);
    exp = operation(a::exp);
    tanh = operation(a::tanh);
    gelu = operation(a::gelu);
    bias = operation(() -> a.add(perChannel));
    sum = operation(() -> a.sum(0, 2, 3));
  }

  /** {@code a + b}. */
  @Benchmark
  public Object add() {
    return add.run();
  }

  /** {@code a * b}. */
  @Benchmark
  public Object mul() {
    return mul.run();
  }

  /** {@code max(a, 0)}. */
  @Benchmark
  public Object relu() {
    return relu.run();
  }

  /** e to the power a. */
  @Benchmark
  public Object exp() {
    return exp.run();
  }

  /** The hyperbolic tangent. */
  @Benchmark
  public Object tanh() {
    return tanh.run();
  }

  /** GELU, exact. */
  @Benchmark
  public Object gelu() {
    return gelu.run();
  }

  /** A number for each channel added. */
  @Benchmark
  public Object broadcastAdd() {
    return bias.run();
  }

  /** The sum of each channel. */
  @Benchmark
  public Object sum() {
    return sum.run();
  }
}
