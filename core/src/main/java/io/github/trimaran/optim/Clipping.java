package io.github.trimaran.optim;

import io.github.trimaran.tensor.Tensor;
import java.util.List;

/** Keeps gradients from growing too large before a step. */
@FunctionalInterface
public interface Clipping {

  /** Gradients as they are. */
  Clipping NONE = gradients -> gradients;

  /** The gradients to step with; the given ones are left alone. */
  List<Tensor> apply(List<Tensor> gradients);

  /**
   * Scales all gradients alike so that their common Euclidean norm is at most {@code limit}
   * (Pascanu et al. 2013, algorithm 1).
   */
  static Clipping byNorm(double limit) {
    Settings.requirePositive("clipping: norm", limit);
    return gradients -> {
      if (gradients.isEmpty()) {
        return gradients;
      }
      Tensor norm =
          gradients.stream()
              .map(gradient -> gradient.mul(gradient).sum())
              .reduce(Tensor::add)
              .orElseThrow()
              .sqrt();
      Tensor one = Tensor.ones(norm.backend(), norm.shape(), norm.dtype());
      // Where the norm is 0 the quotient is infinite, and the minimum 1.
      Tensor scale = norm.pow(-1).mul(limit).minimum(one);
      return gradients.stream().map(gradient -> gradient.mul(scale)).toList();
    };
  }

  /** Cuts each element of the gradients to between {@code -limit} and {@code limit}. */
  static Clipping byValue(double limit) {
    Settings.requirePositive("clipping: value", limit);
    return gradients ->
        gradients.stream()
            .map(
                gradient -> {
                  Tensor high = Tensor.scalar(gradient.backend(), limit, gradient.dtype());
                  return gradient.minimum(high).maximum(high.neg());
                })
            .toList();
  }
}
