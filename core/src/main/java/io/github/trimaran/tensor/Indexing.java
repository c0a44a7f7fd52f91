package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.stream.IntStream;

/** Gather and its adjoint, the accumulating scatter. */
final class Indexing {

  private Indexing() {}

  static Tensor gather(Tensor a, int axis, Tensor indices) {
    int along = checkIndices("gather", a, axis, indices);
    if (!a.shape().with(along, 0).equals(indices.shape().with(along, 0))) {
      throw Op.error("gather", "indices differ in shape beyond axis " + along, a, indices);
    }
    return gather("gather: index", a, along, indices, indices, a, indices);
  }

  /**
   * The same of what is checked, for an operation made of it.
   *
   * @param what the indices are, {@code given} as what they were given, and {@code operands} what
   *     shapes to tell, in errors
   */
  static Tensor gather(
      String what, Tensor a, int along, Tensor indices, Tensor given, Tensor... operands) {
    int size = a.shape().dim(along);
    Object array =
        Indices.inRange(
            what,
            given,
            size,
            () -> a.backend().gather(a.array(), along, indices.array()),
            operands);
    return Op.record(
        "gather",
        array,
        indices.shape(),
        a.dtype(),
        Rule.each(g -> scatterAdd(g, along, indices, size)),
        a);
  }

  static Tensor scatterAdd(Tensor values, int axis, Tensor indices, int size) {
    Op.requireNumeric("scatterAdd", values);
    int along = checkIndices("scatterAdd", values, axis, indices);
    if (!values.shape().equals(indices.shape())) {
      throw Op.error("scatterAdd", "values and indices differ in shape", values, indices);
    }
    if (size < 0) {
      throw Op.error("scatterAdd", "size " + size + " is negative", values, indices);
    }
    return scatterAdd("scatterAdd", values, along, indices, size, indices, values, indices);
  }

  /**
   * The same of what is checked, for the operation of that name made of it.
   *
   * @param given as what the indices were given, and {@code operands} what shapes to tell, in
   *     errors
   */
  private static Tensor scatterAdd(
      String name,
      Tensor values,
      int along,
      Tensor indices,
      int size,
      Tensor given,
      Tensor... operands) {
    Shape shape = values.shape().with(name, along, size);
    Object array =
        Indices.inRange(
            name + ": index",
            given,
            size,
            () -> values.backend().scatterAdd(values.array(), along, indices.array(), size),
            operands);
    return Op.record(
        "scatterAdd",
        array,
        shape,
        values.dtype(),
        Rule.each(g -> gather(g, along, indices)),
        values);
  }

  static Tensor indexSelect(Tensor a, int axis, Tensor indices) {
    Op.requireDType("indexSelect", "indices", indices, DType.INT64);
    Op.requireSameBackend("indexSelect", a, indices);
    int along = a.shape().axis("indexSelect", axis);
    if (indices.shape().rank() != 1) {
      throw Op.error("indexSelect", "indices must be [N]", a, indices);
    }
    int count = indices.shape().dim(0);
    int[] line = a.shape().withOnes(allAxes(a)).with(along, count).dims();
    Tensor everywhere = indices.reshape(line).broadcastTo(a.shape().with(along, count));
    return gather("indexSelect: index", a, along, everywhere, indices, a, indices);
  }

  private static int[] allAxes(Tensor a) {
    return IntStream.range(0, a.shape().rank()).toArray();
  }

  /** A 1 is added at each index, so that one out of range is an error. */
  static Tensor oneHot(Tensor indices, int classes) {
    Op.requireDType("oneHot", "indices", indices, DType.INT64);
    if (classes < 0) {
      throw Op.error("oneHot", "number of classes " + classes + " is negative", indices);
    }
    Tensor places = indices.unsqueeze(-1);
    int last = indices.shape().rank();
    return scatterAdd("oneHot", Tensor.onesLike(places), last, places, classes, indices, indices);
  }

  private static int checkIndices(String name, Tensor a, int axis, Tensor indices) {
    Op.requireDType(name, "indices", indices, DType.INT64);
    Op.requireSameBackend(name, a, indices);
    int along = a.shape().axis(name, axis);
    if (a.shape().rank() != indices.shape().rank()) {
      throw Op.error(name, "indices must have as many axes as the tensor", a, indices);
    }
    return along;
  }
}
