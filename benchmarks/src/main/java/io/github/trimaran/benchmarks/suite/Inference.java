package io.github.trimaran.benchmarks.suite;

import io.github.trimaran.benchmarks.cost.Costs;
import io.github.trimaran.benchmarks.peers.Work;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The latency of one image. Peers: {@code peer-djl} (Predictor), {@code peer-djl-hand} (the block
 * itself; SqueezeNet's operations), {@code peer-dl4j}.
 */
public class Inference extends BackendBenchmark {

  /** BasicConvNet for the shapes of a data set, or SqueezeNet at 224 pixels. */
  @Param({"cifar", "mnist", "squeezenet"})
  public String network;

  private Work work;

  /** Builds the network, uploads the image. */
  @Setup
  public void build() {
    work =
        io.github.trimaran.benchmarks.peers.Inference.of(
            backend, type(), network, Costs.CLASS_SIZE);
  }

  /** The scores, read. */
  @Benchmark
  public Object scores() {
    return work.run();
  }
}
