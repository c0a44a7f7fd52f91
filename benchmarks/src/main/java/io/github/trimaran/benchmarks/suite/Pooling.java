package io.github.trimaran.benchmarks.suite;

import static io.github.trimaran.tensor.Pooling.avgPool2d;
import static io.github.trimaran.tensor.Pooling.maxPool2d;

import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.benchmarks.cost.Costs;
import io.github.trimaran.benchmarks.peers.Work;
import io.github.trimaran.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Pooling of {@code [50, 32, 32, 32]} by windows of 2 x 2. */
public class Pooling extends BackendBenchmark {

  private Work max;
  private Work maxAndGrad;
  private Work average;

  /** Makes the image. */
  @Setup
  public void build() {
    Pool2dGeometry geometry = Pool2dGeometry.of(2, 2);
    Tensor image = normal(1, Costs.IMAGE);
    Tensor learning = normal(1, Costs.IMAGE).requiresGrad();
    Tensor grad = normal(2, geometry.outputShape(image.shape()));
    max = operation(() -> maxPool2d(image, geometry));
    average = operation(() -> avgPool2d(image, geometry));
    maxAndGrad =
        operation(() -> Gradients.vjp(maxPool2d(learning, geometry), grad, learning).get(learning));
  }

  /** The maxima. */
  @Benchmark
  public Object maxPool() {
    return max.run();
  }

  /** The maxima, and the gradient of the image. */
  @Benchmark
  public Object maxPoolAndGrad() {
    return maxAndGrad.run();
  }

  /** The means. */
  @Benchmark
  public Object avgPool() {
    return average.run();
  }
}
