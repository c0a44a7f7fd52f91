package io.github.trimaran.benchmarks.suite;

import io.github.trimaran.benchmarks.cost.Costs;
import io.github.trimaran.benchmarks.peers.Work;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The latency of one image, or of a batch. Peers: {@code peer-onnxruntime}; {@code peer-djl}
 * (Predictor), {@code peer-djl-hand} (the block itself; SqueezeNet's operations), {@code
 * peer-dl4j}.
 */
public class Inference extends BackendBenchmark {

  /** BasicConvNet for the shapes of a data set, or SqueezeNet, ResNet-18 or MobileNet at 224. */
  @Param({"cifar", "mnist", "squeezenet", "resnet18", "mobilenet"})
  public String network;

  /** How many images at once. */
  @Param("1")
  public int batch;

  private Work work;

  /** Builds the network, uploads the image. */
  @Setup
  public void build() {
    work =
        io.github.trimaran.benchmarks.peers.Inference.of(
            backend, type(), network, batch, Costs.CLASS_SIZE);
  }

  /** The scores, read. */
  @Benchmark
  public Object scores() {
    return work.run();
  }
}
