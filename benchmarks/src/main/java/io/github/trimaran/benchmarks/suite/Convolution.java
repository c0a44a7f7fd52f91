package io.github.trimaran.benchmarks.suite;

import static io.github.trimaran.tensor.Convolution.conv2d;

import io.github.trimaran.benchmarks.cost.ConvolutionShape;
import io.github.trimaran.benchmarks.peers.PeerOperations;
import io.github.trimaran.benchmarks.peers.Work;
import io.github.trimaran.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Convolutions and their two gradients. Peers: {@code peer-im2col}, plain Java with a materialised
 * column matrix; for the forward pass {@code peer-djl} and {@code peer-nd4j} too.
 */
public class Convolution extends BackendBenchmark {

  /** See {@link ConvolutionShape#names}. */
  @Param({
    "basic-cifar",
    "basic-mnist",
    "squeeze-first",
    "squeeze-1x1",
    "squeeze-3x3",
    "squeeze-deep",
    "residual-wide",
    "residual-deep",
    "residual-down",
    "residual-shortcut",
    "resnet-56",
    "resnet-28",
    "resnet-14",
    "resnet-7",
    "resnet-down",
    "mobile-112",
    "mobile-14"
  })
  public String shape;

  private Work work;

  /** Makes the operands of the form that is measured. */
  @Setup
  public void build(BenchmarkParams running) {
    ConvolutionShape of = ConvolutionShape.named(shape);
    String name = running.getBenchmark();
    String form = name.substring(name.lastIndexOf('.') + 1);
    if (isPeer()) {
      Work.checkDType(backend, type());
      work =
          switch (form) {
            case "forward" -> PeerOperations.convolution(backend, of);
            case "inputGrad" -> PeerOperations.convolutionInputGrad(backend, of);
            default -> PeerOperations.convolutionWeightGrad(backend, of);
          };
    } else {
      work = ours(form, of);
    }
  }

  private Work ours(String form, ConvolutionShape of) {
    Tensor input = normal(1, of.input());
    Tensor weight = normal(2, of.weight());
    Tensor grad = normal(3, of.output());
    return switch (form) {
      case "forward" -> operation(() -> conv2d(input, weight, of.geometry()));
      case "inputGrad" ->
          operation(
              () ->
                  io.github.trimaran.tensor.Convolution.inputGrad(
                      grad, weight, of.input(), of.geometry()));
      default ->
          operation(
              () ->
                  io.github.trimaran.tensor.Convolution.weightGrad(
                      input, grad, of.weight(), of.geometry()));
    };
  }

  /** The convolution. */
  @Benchmark
  public Object forward() {
    return work.run();
  }

  /** The gradient of the input. */
  @Benchmark
  public Object inputGrad() {
    return work.run();
  }

  /** The gradient of the weight. */
  @Benchmark
  public Object weightGrad() {
    return work.run();
  }
}
