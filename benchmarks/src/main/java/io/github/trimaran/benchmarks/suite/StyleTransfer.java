package io.github.trimaran.benchmarks.suite;

import io.github.trimaran.benchmarks.cost.Costs;
import io.github.trimaran.benchmarks.peers.StyleStep;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** One iteration of style transfer at 192 pixels. Peer: {@code peer-djl}, the same by hand. */
public class StyleTransfer extends BackendBenchmark {

  private io.github.trimaran.benchmarks.peers.TrainingStep step;

  /** Builds the network and the targets. */
  @Setup
  public void build() {
    step = StyleStep.of(backend, type(), Costs.STYLE_SIZE);
  }

  /** Loss, gradient, update; the loss is read. */
  @Benchmark
  public double iteration() {
    return step.take();
  }
}
