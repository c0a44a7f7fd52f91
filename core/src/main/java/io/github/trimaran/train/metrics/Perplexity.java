package io.github.trimaran.train.metrics;

import io.github.trimaran.nn.losses.CrossEntropyLoss;
import io.github.trimaran.nn.losses.Reduction;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;

/**
 * How many equally likely tokens a language model hesitates between: the exponential of the mean
 * cross entropy, over the tokens of all batches. Outputs are logits {@code [N, C, ...]}, targets
 * int64 {@code [N, ...]}.
 *
 * <pre>{@code
 * Metric perplexity = new Perplexity().ignoring(0);
 * }</pre>
 */
public final class Perplexity implements Metric {

  private final Long ignored;

  /** Of all tokens. */
  public Perplexity() {
    this(null);
  }

  private Perplexity(Long ignored) {
    this.ignored = ignored;
  }

  /** The same leaving out what has this label. */
  public Perplexity ignoring(long label) {
    return new Perplexity(label);
  }

  @Override
  public String name() {
    return "perplexity";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public Accumulator start() {
    CrossEntropyLoss all = new CrossEntropyLoss().reduction(Reduction.NONE);
    CrossEntropyLoss loss = ignored == null ? all : all.ignoring(ignored);
    return new WeightedMean(name(), ignored, (x, y, w) -> crossEntropies(loss, x, y), Math::exp);
  }

  private double[] crossEntropies(CrossEntropyLoss loss, Tensor outputs, Tensor targets) {
    Targets.requireClasses(name(), outputs, targets);
    try (Scope scope = Scope.open("a metric")) {
      return loss.of(outputs, targets).toDoubles();
    }
  }
}
