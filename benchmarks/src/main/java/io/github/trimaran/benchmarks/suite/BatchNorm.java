package io.github.trimaran.benchmarks.suite;

import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.benchmarks.cost.Costs;
import io.github.trimaran.benchmarks.peers.Work;
import io.github.trimaran.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Batch normalisation of {@code [50, 32, 32, 32]} by the batch's own statistics. */
public class BatchNorm extends BackendBenchmark {

  private static final double EPSILON = 1e-5;

  private Work forward;
  private Work forwardAndGrad;

  /** Makes the image. */
  @Setup
  public void build() {
    Tensor image = normal(1, Costs.IMAGE);
    Tensor grad = normal(2, image.shape());
    Tensor learning = normal(1, image.shape()).requiresGrad();
    Tensor gamma = normal(3, Shape.of(Costs.IMAGE.dim(1))).requiresGrad();
    Tensor beta = normal(4, Shape.of(Costs.IMAGE.dim(1))).requiresGrad();
    Tensor fixedGamma = gamma.detach().persist();
    Tensor fixedBeta = beta.detach().persist();
    forward = operation(() -> normalised(image, fixedGamma, fixedBeta));
    forwardAndGrad =
        operation(
            () ->
                Gradients.vjp(normalised(learning, gamma, beta), grad, learning, gamma, beta)
                    .get(learning));
  }

  private static Tensor normalised(Tensor image, Tensor gamma, Tensor beta) {
    return io.github.trimaran.tensor.BatchNorm.training(image, gamma, beta, EPSILON).output();
  }

  /** The normalised image. */
  @Benchmark
  public Object forward() {
    return forward.run();
  }

  /** The normalised image and all gradients. */
  @Benchmark
  public Object forwardAndGrad() {
    return forwardAndGrad.run();
  }
}
