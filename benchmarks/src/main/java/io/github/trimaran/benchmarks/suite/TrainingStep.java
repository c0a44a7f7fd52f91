package io.github.trimaran.benchmarks.suite;

import io.github.trimaran.benchmarks.peers.TrainingSteps;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * One training step of BasicConvNet, ResNet-18 or the transformer of the gallery. Peers: {@code
 * peer-djl} (Block and Trainer); for BasicConvNet {@code peer-djl-hand}, {@code peer-nd4j} (native
 * operations by hand), {@code peer-dl4j} (MultiLayerNetwork).
 */
public class TrainingStep extends BackendBenchmark {

  /** See {@link TrainingSteps#of(String, io.github.trimaran.array.DType, String, int)}. */
  @Param({"cifar", "mnist"})
  public String data;

  /** Images of a step. */
  @Param("50")
  public int batch;

  private io.github.trimaran.benchmarks.peers.TrainingStep step;

  /** Builds the network, uploads the batch. */
  @Setup
  public void build() {
    step = TrainingSteps.of(backend, type(), data, batch);
  }

  /** Forward, backward, update; the loss is read. */
  @Benchmark
  public double step() {
    return step.take();
  }
}
