package io.github.trimaran.optim;

import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Keeps gradients from growing too large before a step.
 *
 * <pre>{@code
 * Clipping clipping = Clipping.gradNorm(1);
 * optimizer.step(clipping.apply(gradients));
 * }</pre>
 *
 * <p>A gradient that is null, that of a frozen parameter, does not count and stays null.
 */
@FunctionalInterface
public interface Clipping {

  /** Gradients as they are. */
  Clipping NONE = gradients -> gradients;

  /** The gradients to step with; the given ones are left alone. */
  List<Tensor> apply(List<Tensor> gradients);

  /**
   * Scales all gradients alike so that their common Euclidean norm is at most {@code maxNorm}
   * (Pascanu et al. 2013, algorithm 1); PyTorch's {@code clip_grad_norm_}:
   *
   * <pre>
   * g * min(1, maxNorm / (norm + 1e-6))
   * </pre>
   */
  static Clipping gradNorm(double maxNorm) {
    Settings.requirePositive("clipping: norm", maxNorm);
    return gradients -> {
      Tensor squares =
          gradients.stream()
              .filter(Objects::nonNull)
              .map(gradient -> gradient.mul(gradient).sum())
              .reduce(Tensor::add)
              .orElse(null);
      if (squares == null) {
        return gradients;
      }
      Tensor scale = squares.sqrt().add(1e-6).reciprocal().mul(maxNorm).minimum(1);
      return each(gradients, gradient -> gradient.mul(scale));
    };
  }

  /**
   * Cuts each number of the gradients to between {@code -clipValue} and {@code clipValue};
   * PyTorch's {@code clip_grad_value_}.
   */
  static Clipping gradValue(double clipValue) {
    Settings.requirePositive("clipping: value", clipValue);
    return gradients -> each(gradients, gradient -> gradient.clamp(-clipValue, clipValue));
  }

  private static List<Tensor> each(List<Tensor> gradients, UnaryOperator<Tensor> change) {
    return gradients.stream()
        .map(gradient -> gradient == null ? null : change.apply(gradient))
        .toList();
  }
}
