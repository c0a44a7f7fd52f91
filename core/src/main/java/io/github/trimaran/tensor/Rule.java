package io.github.trimaran.tensor;

/**
 * A vector-Jacobian product: from the gradient of a result to those of its operands. It is handed
 * the result too, recorded as it is, for the many derivatives that are written with it: that of
 * {@code y = exp(x)} is {@code g y}.
 */
@FunctionalInterface
interface Rule {

  /** For one operand. */
  @FunctionalInterface
  interface Vjp {
    Tensor apply(Tensor outputGrad);
  }

  /** For the only operand, by the result. */
  @FunctionalInterface
  interface ResultVjp {
    Tensor apply(Tensor outputGrad, Tensor output);
  }

  /** See {@link GradFn#vjp}. */
  Tensor[] apply(Tensor outputGrad, Tensor output, boolean[] wanted);

  /** A rule that treats each operand apart; null for an operand without derivative. */
  static Rule each(Vjp... rules) {
    return (outputGrad, output, wanted) -> {
      Tensor[] gradients = new Tensor[rules.length];
      for (int i = 0; i < rules.length; i++) {
        if (wanted[i] && rules[i] != null) {
          gradients[i] = rules[i].apply(outputGrad);
        }
      }
      return gradients;
    };
  }

  /** A rule of one operand that is written with the result. */
  static Rule byResult(ResultVjp rule) {
    return (outputGrad, output, wanted) -> new Tensor[] {rule.apply(outputGrad, output)};
  }
}
