package io.github.trimaran.tensor;

/** A vector-Jacobian product: from the gradient of a result to those of its operands. */
@FunctionalInterface
interface Rule {

  /** For one operand. */
  @FunctionalInterface
  interface Vjp {
    Tensor apply(Tensor outputGrad);
  }

  /** See {@link GradFn#vjp}. */
  Tensor[] apply(Tensor outputGrad, boolean[] wanted);

  /** A rule that treats each operand apart; null for an operand without derivative. */
  static Rule each(Vjp... rules) {
    return (outputGrad, wanted) -> {
      Tensor[] gradients = new Tensor[rules.length];
      for (int i = 0; i < rules.length; i++) {
        if (wanted[i] && rules[i] != null) {
          gradients[i] = rules[i].apply(outputGrad);
        }
      }
      return gradients;
    };
  }
}
