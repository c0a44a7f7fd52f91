package io.github.trimaran.benchmarks.suite;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.benchmarks.cost.Costs;
import io.github.trimaran.benchmarks.cost.Workload;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * One step of gradient ascent on a class's score, of SqueezeNet with random weights, 224 pixels.
 */
public class ClassVisualization extends BackendBenchmark {

  private static final int CLASS = 130;
  private static final double L2 = 1e-4;
  private static final double RATE = 10;

  private SqueezeNet net;
  private Tensor pixels;

  /** Builds the network. */
  @Setup
  public void build() {
    net = new SqueezeNet(SqueezeNet.Version.V1_0, 1000);
    net.init(ours(), type(), Rng.seeded(29));
    Shape shape = Shape.of(1, 3, Costs.CLASS_SIZE, Costs.CLASS_SIZE);
    float[] noise = Workload.normal(1, shape.size(), 10);
    pixels =
        Tensor.of(ours(), HostArray.of(noise, shape).to(type()))
            .add(127.5)
            .persist()
            .requiresGrad();
  }

  /** Score, gradient, the picture moved; the score is read. */
  @Benchmark
  public double step() {
    try (Scope scope = Scope.open("the step")) {
      Tensor input = net.prepare(pixels);
      Tensor score = net.forward(input).narrow(1, CLASS, 1).sum();
      Tensor goal = score.sub(input.mul(input).sum().mul(L2));
      Tensor gradient = Gradients.of(goal, pixels).get(pixels);
      try (GradMode off = GradMode.disable()) {
        Tensor length = gradient.mul(gradient).mean().sqrt().add(1e-20);
        pixels.assign(pixels.detach().add(gradient.mul(RATE).div(length)));
      }
      return score.item();
    }
  }
}
