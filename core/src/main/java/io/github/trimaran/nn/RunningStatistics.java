package io.github.trimaran.nn;

import io.github.trimaran.tensor.GradMode;
import java.util.function.Consumer;

/**
 * Measures the running statistics of a model's batch norms anew, as PyTorch's {@code update_bn}
 * does: for weights that were averaged, or trained on images that look otherwise than those to be
 * recognised.
 *
 * <pre>{@code
 * RunningStatistics.measure(
 *     model,
 *     mode -> {
 *       for (Batch batch : batches.epoch(0, 0)) {
 *         try (Scope scope = Scope.open("a batch")) {
 *           model.forward(Tensor.of(backend, batch.input()), mode);
 *         }
 *       }
 *     });
 * }</pre>
 *
 * <p>Each batch norm that is not frozen forgets what it had, and ends with the plain average over
 * the batches of their means and of their unbiased variances, whatever its momentum is. While that
 * goes on it normalises by the batch, as in training; dropout is off, as in evaluation.
 */
public final class RunningStatistics {

  private RunningStatistics() {}

  /**
   * Measures what these passes show the model.
   *
   * @param passes calls the model's function with the mode it is given, a batch a call
   */
  public static void measure(Model model, Consumer<Mode> passes) {
    try (GradMode off = GradMode.disable()) {
      reset(model);
      passes.accept(Mode.MEASURING);
    }
  }

  private static void reset(Model model) {
    if (model instanceof BatchNormNd<?> norm) {
      norm.resetRunningStatistics();
    }
    model.children().values().forEach(RunningStatistics::reset);
  }
}
