package io.github.trimaran.nn;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;

/**
 * A layer's place for a parameter or buffer: shape and first values are known from the start, the
 * tensor is there once the model is initialised.
 */
public final class Variable {

  private final String owner;
  private final Parameter.Role role;
  private final Shape shape;
  private final Initializer initializer;
  private Tensor tensor;

  Variable(String owner, Parameter.Role role, Shape shape, Initializer initializer) {
    this.owner = owner;
    this.role = role;
    this.shape = shape;
    this.initializer = initializer;
  }

  /**
   * The value.
   *
   * @throws IllegalStateException before initialisation
   */
  public Tensor tensor() {
    if (tensor == null) {
      throw new IllegalStateException(
          owner + ": not initialised; call init(backend, dtype, rng) on the model first");
    }
    return tensor;
  }

  /** The shape, known before initialisation. */
  public Shape shape() {
    return shape;
  }

  /** Null for a buffer: a value that is saved but not trained. */
  Parameter.Role role() {
    return role;
  }

  HostArray draw(Rng rng) {
    return HostArray.of(initializer.draw(shape, rng), shape);
  }

  void create(Backend<?> backend, DType dtype, HostArray values) {
    Tensor made = Tensor.of(backend, values.dtype() == dtype ? values : values.to(dtype)).persist();
    tensor = role == null ? made : made.requiresGrad();
  }

  void close(String by) {
    if (tensor != null) {
      tensor.close(by);
    }
  }
}
