package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;
import java.util.Collection;
import java.util.List;

/**
 * A value that training changes.
 *
 * @param name dotted, from the model down, as PyTorch has it: {@code "conv1.weight"}
 * @param role what it is for
 * @param tensor the value; a leaf that gradients can be asked for, updated in place
 */
public record Parameter(String name, Role role, Tensor tensor) {

  /** What a parameter is for; regularisation and weight decay look at it. */
  public enum Role {
    /** Multiplies inputs: regularised. */
    WEIGHT,
    /** Is added: not regularised. */
    BIAS,
    /** Scale or shift of a normalisation: not regularised. */
    NORM
  }

  /** Whether regularisation and weight decay apply. */
  public boolean isWeight() {
    return role == Role.WEIGHT;
  }

  /** The values alone, to ask gradients for. */
  public static List<Tensor> tensors(Collection<Parameter> parameters) {
    return parameters.stream().map(Parameter::tensor).toList();
  }
}
