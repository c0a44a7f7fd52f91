package io.github.trimaran.onnx.ops;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.onnx.file.Node;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * One node about to be computed: its settings and what it is given.
 *
 * <pre>{@code
 * Value[] outputs = Operators.find("Relu").orElseThrow()
 *     .run(new Call(node, List.of(Value.of(x)), 17, backend, DType.FLOAT32, Mode.EVAL, false));
 * }</pre>
 *
 * @param node the node
 * @param inputs what it is given; null for an optional input left out
 * @param opset the version of ONNX's operators that is meant
 * @param backend where to compute
 * @param dtype of all floats of the model
 * @param mode evaluation or training
 * @param rectified whether a ReLU follows, which a convolution or product does in the same pass
 */
public record Call(
    Node node,
    List<Value> inputs,
    int opset,
    Backend<?> backend,
    DType dtype,
    Mode mode,
    boolean rectified) {

  /** Whether that input is there. */
  boolean has(int input) {
    return input < inputs.size() && inputs.get(input) != null;
  }

  /** Whether somebody takes that output. */
  boolean wants(int output) {
    return output < node.outputs().size() && !node.outputs().get(output).isEmpty();
  }

  Value value(int input) {
    if (!has(input)) {
      throw error("input " + input + " is missing");
    }
    return inputs.get(input);
  }

  Tensor tensor(int input) {
    return value(input).tensor(backend, dtype);
  }

  /** All inputs, one or more. */
  List<Tensor> tensors() {
    return inputs.stream().map(value -> value.tensor(backend, dtype)).toList();
  }

  Shape shape(int input) {
    return value(input).shape();
  }

  /** An input of integers that settings are given by, such as axes. */
  long[] longs(int input) {
    HostArray host = value(input).host();
    return (host.dtype() == DType.INT64 ? host : host.to(DType.INT64)).longs().clone();
  }

  /** The one number of an input. */
  double number(int input) {
    HostArray host = value(input).host();
    if (host.shape().size() != 1) {
      throw error("input " + input + " must be one number, is " + host.shape());
    }
    return host.get(0);
  }

  /**
   * Integers that newer versions give as an input and older ones as an attribute; null for none.
   */
  long[] longs(int input, String attribute) {
    if (has(input)) {
      return longs(input);
    }
    return node.has(attribute) ? node.integers(attribute) : null;
  }

  /** Axes from 0, in the order given; all for none. */
  int[] axes(long[] axes, int rank) {
    if (axes == null) {
      int[] all = new int[rank];
      Arrays.setAll(all, i -> i);
      return all;
    }
    return Arrays.stream(axes).mapToInt(axis -> axis(axis, rank)).toArray();
  }

  /** An axis from 0. */
  int axis(long axis, int rank) {
    long normal = axis < 0 ? axis + rank : axis;
    if (normal < 0 || normal >= rank) {
      throw error("no axis " + axis + " in rank " + rank);
    }
    return (int) normal;
  }

  /** An integer attribute that names an axis of the first input. */
  int axis(String attribute, long otherwise) {
    return axis(node.integer(attribute, otherwise), shape(0).rank());
  }

  IllegalArgumentException error(String reason) {
    return new IllegalArgumentException(node.operator() + ": " + reason);
  }

  /** Numbers as a tensor like the others of the model. */
  Tensor floats(double[] values, int... extents) {
    HostArray host = HostArray.of(values, Shape.of(extents));
    return Tensor.of(backend, dtype == DType.FLOAT64 ? host : host.to(dtype));
  }

  /** Integers as a tensor. */
  Tensor integers(long[] values, int... extents) {
    return Tensor.of(backend, values, extents);
  }

  static int[] ints(long... values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }
}
