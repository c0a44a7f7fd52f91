package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A value that training changes, under its name.
 *
 * <pre>{@code
 * for (Parameter parameter : model.parameters()) {
 *   System.out.println(parameter.name() + " " + parameter.tensor().shape());
 * }
 * Gradients gradients = Gradients.of(loss, Parameter.tensors(model.parameters()));
 * }</pre>
 */
public final class Parameter {

  /** What a parameter is for; regularisation and weight decay look at it. */
  public enum Role {
    /** Multiplies inputs: regularised. */
    WEIGHT,
    /** Is added: not regularised. */
    BIAS,
    /** Scale or shift of a normalisation: not regularised. */
    NORM
  }

  private final String name;
  private final Role role;
  private final Supplier<Tensor> tensor;
  private final BooleanSupplier frozen;
  private final Object holder;

  /**
   * A value that belongs to no model, such as the pixels of an image that is optimised.
   *
   * @param tensor a leaf, see {@link Tensor#requiresGrad}
   */
  public Parameter(String name, Role role, Tensor tensor) {
    this(name, role, () -> tensor, () -> false, tensor);
  }

  Parameter(String name, Variable variable) {
    this(name, variable.role(), variable::leaf, variable::isFrozen, variable);
  }

  private Parameter(
      String name, Role role, Supplier<Tensor> tensor, BooleanSupplier frozen, Object holder) {
    this.holder = holder;
    this.name = name;
    this.role = role;
    this.tensor = tensor;
    this.frozen = frozen;
  }

  /** Dotted, from the model down, as PyTorch has it: {@code "conv1.weight"}. */
  public String name() {
    return name;
  }

  /** What it is for. */
  public Role role() {
    return role;
  }

  /** The value; a leaf that gradients can be asked for, updated in place. */
  public Tensor tensor() {
    return tensor.get();
  }

  /** Whether its model has frozen it: optimisers leave it alone. */
  public boolean isFrozen() {
    return frozen.getAsBoolean();
  }

  /** Whether regularisation and weight decay apply. */
  public boolean isWeight() {
    return role == Role.WEIGHT;
  }

  /**
   * Whether the other is the same value of the same model, whatever its name is: a model and a part
   * of it name a parameter differently.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Parameter parameter && parameter.holder == holder;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(holder);
  }

  /** The values alone, to ask gradients for. */
  public static List<Tensor> tensors(Collection<Parameter> parameters) {
    return parameters.stream().map(Parameter::tensor).toList();
  }

  @Override
  public String toString() {
    String value = tensor() == null ? "not initialised" : tensor().describe();
    return name + " " + value + (isFrozen() ? ", frozen" : "");
  }
}
