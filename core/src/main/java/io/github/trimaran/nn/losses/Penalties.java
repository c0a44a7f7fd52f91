package io.github.trimaran.nn.losses;

import io.github.trimaran.nn.Parameter;
import io.github.trimaran.tensor.Tensor;
import java.util.Collection;

/**
 * What may be added to a loss to keep weights small.
 *
 * <pre>{@code
 * Tensor loss = new CrossEntropyLoss().of(logits, labels).add(Penalties.l2(model.parameters(), 1e-4));
 * }</pre>
 */
public final class Penalties {

  private Penalties() {}

  /**
   * {@code 0.5 * strength * sum of ||w||^2} over the weights; biases and normalisations do not
   * count.
   *
   * @throws IllegalArgumentException if there are no weights
   */
  public static Tensor l2(Collection<Parameter> parameters, double strength) {
    return parameters.stream()
        .filter(Parameter::isWeight)
        .map(weight -> weight.tensor().mul(weight.tensor()).sum())
        .reduce(Tensor::add)
        .orElseThrow(() -> new IllegalArgumentException("l2: there are no weights"))
        .mul(0.5 * strength);
  }
}
