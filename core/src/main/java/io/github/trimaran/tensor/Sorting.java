package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;

/** Order along an axis. Values are gathered by it, so that their gradients find back. */
final class Sorting {

  private Sorting() {}

  static Tensor argSort(String name, Tensor a, int axis, boolean descending) {
    Op.requireNumeric(name, a);
    int along = a.shape().axis(name, axis);
    if (!descending) {
      Object order = a.backend().argSort(a.array(), along);
      return Op.constant(a.backend(), order, a.shape(), DType.INT64);
    }
    // Sorted backwards from the end, so that equal values stay in order.
    Tensor fromEnd = argSort(name, a.detach().flip(along), along, false).flip(along);
    return fromEnd.neg().add(a.shape().dim(along) - 1);
  }

  static Sorted sort(Tensor a, int axis, boolean descending) {
    return byOrder(a, axis, argSort("sort", a, axis, descending));
  }

  static Sorted topK(Tensor a, int k, int axis) {
    int along = a.shape().axis("topK", axis);
    if (k < 0 || k > a.shape().dim(along)) {
      throw Op.error("topK", "axis " + along + " has no " + k + " values", a);
    }
    return byOrder(a, along, argSort("topK", a, along, true).narrow(along, 0, k));
  }

  private static Sorted byOrder(Tensor a, int axis, Tensor order) {
    return new Sorted(a.gather(axis, order), order);
  }
}
