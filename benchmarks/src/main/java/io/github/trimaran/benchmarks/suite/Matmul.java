package io.github.trimaran.benchmarks.suite;

import io.github.trimaran.array.Shape;
import io.github.trimaran.benchmarks.peers.PeerOperations;
import io.github.trimaran.benchmarks.peers.Work;
import io.github.trimaran.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Matrix products. Peers: {@code peer-djl} (MKL), {@code peer-nd4j} (OpenBLAS). */
public class Matmul extends BackendBenchmark {

  /**
   * {@code MxKxN}: square ones; the course's convolution as a product; its affine maps on CIFAR-10
   * and MNIST.
   */
  @Param({
    "256x256x256",
    "1024x1024x1024",
    "32x147x51200",
    "50x8192x500",
    "8192x50x500",
    "50x6272x100",
    "50x500x10"
  })
  public String shape;

  private Work work;

  /** Makes the factors. */
  @Setup
  public void build() {
    String[] sides = shape.split("x", -1);
    int m = Integer.parseInt(sides[0]);
    int k = Integer.parseInt(sides[1]);
    int n = Integer.parseInt(sides[2]);
    if (isPeer()) {
      Work.checkDType(backend, type());
      work = PeerOperations.matmul(backend, m, k, n);
    } else {
      Tensor a = normal(1, Shape.of(m, k));
      Tensor b = normal(2, Shape.of(k, n));
      work = operation(() -> a.matmul(b));
    }
  }

  /** The product. */
  @Benchmark
  public Object matmul() {
    return work.run();
  }
}
