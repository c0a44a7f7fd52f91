package io.github.trimaran.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.github.trimaran.benchmarks.cost.ConvolutionShape;
import io.github.trimaran.benchmarks.cost.Workload;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Single operations as the engines themselves offer them. */
public final class PeerOperations {

  private PeerOperations() {}

  /** {@code [m, k] x [k, n]}. */
  public static Work matmul(String by, int m, int k, int n) {
    return switch (by) {
      case "peer-djl" -> djlMatmul(m, k, n);
      case "peer-nd4j" -> nd4jMatmul(m, k, n);
      default -> throw new IllegalArgumentException("matmul: no peer '" + by + "'");
    };
  }

  private static Work djlMatmul(int m, int k, int n) {
    NDManager manager = Djl.start();
    NDArray a = Djl.random(manager, 1, 1, new Shape(m, k));
    NDArray b = Djl.random(manager, 2, 1, new Shape(k, n));
    return () -> {
      try (NDArray c = a.matMul(b)) {
        return c.getShape();
      }
    };
  }

  private static Work nd4jMatmul(int m, int k, int n) {
    INDArray a = nd4jRandom(1, m, k);
    INDArray b = nd4jRandom(2, k, n);
    INDArray c = Nd4j.createUninitialized(DataType.FLOAT, new long[] {m, n}, 'f');
    return () -> a.mmuli(b, c);
  }

  private static INDArray nd4jRandom(long seed, long... shape) {
    int size = 1;
    for (long extent : shape) {
      size *= (int) extent;
    }
    return Nd4j.create(Workload.normal(seed, size, 1), shape);
  }

  /** A convolution without bias. */
  public static Work convolution(String by, ConvolutionShape shape) {
    return switch (by) {
      case "peer-djl" -> djlConvolution(shape);
      case "peer-nd4j" -> nd4jConvolution(shape);
      case "peer-im2col" -> {
        Im2col im2col = new Im2col(shape);
        float[] input = Workload.normal(1, shape.input().size(), 1);
        float[] weight = Workload.normal(2, shape.weight().size(), 1);
        yield () -> im2col.forward(input, weight);
      }
      default -> throw new IllegalArgumentException("convolution: no peer '" + by + "'");
    };
  }

  /** The gradient of its input; by {@code peer-im2col} only. */
  public static Work convolutionInputGrad(String by, ConvolutionShape shape) {
    requireIm2col(by);
    Im2col im2col = new Im2col(shape);
    float[] grad = Workload.normal(1, shape.output().size(), 1);
    float[] weight = Workload.normal(2, shape.weight().size(), 1);
    return () -> im2col.inputGrad(grad, weight);
  }

  /** The gradient of its weight; by {@code peer-im2col} only. */
  public static Work convolutionWeightGrad(String by, ConvolutionShape shape) {
    requireIm2col(by);
    Im2col im2col = new Im2col(shape);
    float[] grad = Workload.normal(1, shape.output().size(), 1);
    float[] input = Workload.normal(2, shape.input().size(), 1);
    return () -> im2col.weightGrad(input, grad);
  }

  private static void requireIm2col(String by) {
    if (!by.equals("peer-im2col")) {
      throw new IllegalArgumentException(
          "convolution: " + by + " gives no single gradient; peer-im2col does");
    }
  }

  private static Work djlConvolution(ConvolutionShape shape) {
    NDManager base = Djl.start();
    NDArray input = Djl.random(base, 1, 1, new Shape(longs(shape.input())));
    NDArray weight = Djl.random(base, 2, 1, new Shape(longs(shape.weight())));
    Shape stride = new Shape(shape.stride(), shape.stride());
    Shape padding = new Shape(shape.padding(), shape.padding());
    return () -> {
      try (NDArray output =
          Conv2d.conv2d(input, weight, null, stride, padding, new Shape(1, 1), shape.groups())
              .singletonOrThrow()) {
        return output.getShape();
      }
    };
  }

  private static Work nd4jConvolution(ConvolutionShape shape) {
    INDArray input = nd4jRandom(1, longs(shape.input()));
    INDArray weight = nd4jRandom(2, longs(shape.weight()));
    INDArray output = Nd4j.createUninitialized(DataType.FLOAT, longs(shape.output()));
    DynamicCustomOp operation =
        DynamicCustomOp.builder("conv2d").addInputs(input, weight).addOutputs(output).build();
    // Kernel, stride, padding, dilation; explicit padding; NCHW; weights OIHW.
    operation.addIArgument(
        shape.weight().dim(2),
        shape.weight().dim(3),
        shape.stride(),
        shape.stride(),
        shape.padding(),
        shape.padding(),
        1,
        1,
        0,
        0,
        1);
    return () -> Nd4j.exec(operation);
  }

  private static long[] longs(io.github.trimaran.array.Shape shape) {
    return IntStream.of(shape.dims()).asLongStream().toArray();
  }
}
