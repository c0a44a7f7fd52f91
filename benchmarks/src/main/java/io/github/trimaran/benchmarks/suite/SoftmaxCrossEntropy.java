package io.github.trimaran.benchmarks.suite;

import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.benchmarks.peers.Work;
import io.github.trimaran.nn.losses.CrossEntropyLoss;
import io.github.trimaran.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The loss of a batch of 50. */
public class SoftmaxCrossEntropy extends BackendBenchmark {

  private static final int BATCH = 50;

  /** Of CIFAR-10 and of ImageNet. */
  @Param({"10", "1000"})
  public int classes;

  private Work forward;
  private Work forwardAndGrad;

  /** Makes scores and labels. */
  @Setup
  public void build() {
    CrossEntropyLoss loss = new CrossEntropyLoss();
    Shape shape = Shape.of(BATCH, classes);
    Tensor scores = normal(1, shape);
    Tensor learning = normal(1, shape).requiresGrad();
    long[] right = new long[BATCH];
    for (int i = 0; i < BATCH; i++) {
      right[i] = i % classes;
    }
    Tensor labels = Tensor.of(ours(), right, BATCH).persist();
    forward = operation(() -> loss.of(scores, labels));
    forwardAndGrad =
        operation(() -> Gradients.of(loss.of(learning, labels), learning).get(learning));
  }

  /** The loss. */
  @Benchmark
  public Object forward() {
    return forward.run();
  }

  /** The loss and its gradient. */
  @Benchmark
  public Object forwardAndGrad() {
    return forwardAndGrad.run();
  }
}
