package io.github.trimaran.optim;

import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The mean of the gradients of several small batches, which is the gradient of one batch of all
 * their samples: for batches that do not fit into memory at once.
 *
 * <pre>{@code
 * try (GradientAccumulator sum = new GradientAccumulator()) {
 *   for (Batch batch : parts) {
 *     try (Scope scope = Scope.open()) {
 *       List<Tensor> weights = Parameter.tensors(optimizer.parameters());
 *       Gradients gradients = Gradients.of(loss(model, batch), weights);
 *       sum.add(weights.stream().map(gradients::get).toList(), batch.size());
 *     }
 *   }
 *   optimizer.step(sum.mean());
 * }
 * }</pre>
 *
 * <p>Equal but for what a layer computes over its batch: batch norm normalises each small one.
 */
public final class GradientAccumulator implements AutoCloseable {

  private final List<Tensor> sums = new ArrayList<>();
  private double weight;

  /**
   * Adds the gradients of a batch's mean loss.
   *
   * @param gradients one for each parameter; null if it is frozen
   * @param samples how many the batch has, or the weight of its loss
   */
  public void add(List<Tensor> gradients, double samples) {
    Settings.requirePositive("gradient accumulation: samples", samples);
    if (sums.isEmpty()) {
      sums.addAll(Collections.nCopies(gradients.size(), null));
    }
    if (sums.size() != gradients.size()) {
      throw new IllegalArgumentException(
          "gradient accumulation: " + gradients.size() + " gradients after " + sums.size());
    }
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the sum of gradients")) {
      for (int i = 0; i < gradients.size(); i++) {
        if (gradients.get(i) != null) {
          add(i, gradients.get(i).mul(samples));
        }
      }
    }
    weight += samples;
  }

  private void add(int i, Tensor part) {
    Tensor sum = sums.get(i);
    if (sum == null) {
      sums.set(i, part.persist());
    } else {
      sum.assign(sum.add(part));
    }
  }

  /** The mean over all samples added; belongs to the scope that is open. */
  public List<Tensor> mean() {
    if (weight == 0) {
      throw new IllegalStateException("gradient accumulation: nothing was added");
    }
    try (GradMode off = GradMode.disable()) {
      return sums.stream().map(sum -> sum == null ? null : sum.div(weight)).toList();
    }
  }

  /** Forgets all, to begin the next sum. */
  @Override
  public void close() {
    for (Tensor sum : sums) {
      if (sum != null) {
        sum.close("the close of the sum of gradients");
      }
    }
    sums.clear();
    weight = 0;
  }
}
