package io.github.trimaran.tensor;

/** Why no gradients are traced through a tensor; of two reasons, the later here is told. */
enum Unrecorded {
  /** Nothing it was computed from asks for gradients. */
  NO_LEAF("it depends on no tensor with requiresGrad(), or by operations without derivative only"),
  /** Integers and truth values have no derivative. */
  NOT_FLOATING("it comes from int64 or bool values, which carry no gradient"),
  /** See {@link Tensor#detach}. */
  DETACHED("it was cut off by detach(), as the values of frozen parameters are"),
  /** See {@link GradMode#disable}. */
  OFF("it was computed while recording was off, by GradMode.disable()");

  private final String sentence;

  Unrecorded(String sentence) {
    this.sentence = sentence;
  }

  /** The reason for a result that was not recorded. */
  static Unrecorded of(boolean floating, Tensor... operands) {
    Unrecorded reason = floating ? NO_LEAF : NOT_FLOATING;
    for (Tensor operand : operands) {
      Unrecorded own = operand.unrecorded();
      Unrecorded other = own != null ? own : floating ? OFF : NOT_FLOATING;
      reason = other.compareTo(reason) > 0 ? other : reason;
    }
    return reason;
  }

  String sentence() {
    return sentence;
  }
}
