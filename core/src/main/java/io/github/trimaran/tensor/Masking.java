package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.stream.IntStream;

/** Values kept or replaced by where they stand. */
final class Masking {

  private Masking() {}

  static Tensor maskedFill(Tensor a, Tensor mask, double value) {
    Op.requireDType("maskedFill", "mask", mask, DType.BOOL);
    if (!mask.shape().broadcastsTo(a.shape())) {
      throw Op.error("maskedFill", "mask does not broadcast to the tensor", a, mask);
    }
    return Tensor.where(mask, Op.number("maskedFill", a, value), a);
  }

  /** By the places that the mask names, so that gradients are put back there. */
  static Tensor maskedSelect(Tensor a, Tensor mask) {
    Op.requireDType("maskedSelect", "mask", mask, DType.BOOL);
    Op.requireSameBackend("maskedSelect", a, mask);
    if (!mask.shape().broadcastsTo(a.shape())) {
      throw Op.error("maskedSelect", "mask does not broadcast to the tensor", a, mask);
    }
    boolean[] chosen = mask.broadcastTo(a.shape()).toHost().booleans();
    long[] places =
        IntStream.range(0, chosen.length).filter(i -> chosen[i]).asLongStream().toArray();
    return a.reshape(Shape.of(a.shape().size())).indexSelect(0, Tensor.of(a.backend(), places));
  }

  /** Zeros above the diagonal. */
  static Tensor tril(Tensor a, int diagonal) {
    Op.requireNumeric("tril", a);
    return Tensor.where(atOrBelow("tril", a, diagonal), a, Op.number("tril", a, 0));
  }

  /** Zeros below the diagonal. */
  static Tensor triu(Tensor a, int diagonal) {
    Op.requireNumeric("triu", a);
    return Tensor.where(atOrBelow("triu", a, diagonal - 1L), Op.number("triu", a, 0), a);
  }

  /** BOOL {@code [R, C]}: whether column minus row is at most {@code diagonal}. */
  private static Tensor atOrBelow(String name, Tensor a, long diagonal) {
    if (a.shape().rank() < 2) {
      throw Op.error(name, "needs matrices, [.., R, C]", a);
    }
    long rows = a.shape().dim(-2);
    long columns = a.shape().dim(-1);
    Tensor last = Creation.arange(a.backend(), diagonal, diagonal + rows, 1).unsqueeze(1);
    return last.greaterEqual(Creation.arange(a.backend(), 0, columns, 1));
  }
}
