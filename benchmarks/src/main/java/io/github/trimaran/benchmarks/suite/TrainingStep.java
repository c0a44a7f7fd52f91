package io.github.trimaran.benchmarks.suite;

import io.github.trimaran.benchmarks.cost.Workload;
import io.github.trimaran.benchmarks.peers.TrainingSteps;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * One training step of BasicConvNet. Peers: {@code peer-djl} (Block and Trainer), {@code
 * peer-djl-hand}, {@code peer-nd4j} (native operations by hand), {@code peer-dl4j}
 * (MultiLayerNetwork).
 */
public class TrainingStep extends BackendBenchmark {

  /** The shapes. */
  @Param({"cifar", "mnist"})
  public String data;

  /** Images of a step. */
  @Param("50")
  public int batch;

  private io.github.trimaran.benchmarks.peers.TrainingStep step;

  /** Builds the network, uploads the batch. */
  @Setup
  public void build() {
    step = TrainingSteps.of(backend, type(), Workload.of(data, batch));
  }

  /** Forward, backward, update; the loss is read. */
  @Benchmark
  public double step() {
    return step.take();
  }
}
