package io.github.trimaran.nn;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.MetaBackend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;

/**
 * A model's place for a parameter or buffer: shape and first values are known from the start, the
 * tensor is there once the model is initialised.
 *
 * <pre>{@code
 * final class ChannelScale extends Layer {
 *   private final Variable scale =
 *       parameter("scale", Parameter.Role.NORM, Shape.of(16, 1, 1), Initializers.ones());
 *
 *   @Override
 *   protected Tensor compute(Tensor x, Mode mode) {
 *     return x.mul(scale.tensor());
 *   }
 * }
 * }</pre>
 */
public final class Variable {

  private final String owner;
  private final Parameter.Role role;
  private final Shape shape;
  private final Initializer initializer;
  private final boolean counter;
  private Variable shared = this;
  private Tensor tensor;
  private boolean frozen;

  /** A null role is that of a buffer: a value that is saved but not trained. */
  Variable(String owner, Parameter.Role role, Shape shape, Initializer initializer) {
    this(owner, role, shape, initializer, false);
  }

  private Variable(
      String owner, Parameter.Role role, Shape shape, Initializer initializer, boolean counter) {
    this.owner = owner;
    this.role = role;
    this.shape = shape;
    this.initializer = initializer;
    this.counter = counter;
  }

  /** A buffer of one int64, whatever the model's dtype. */
  static Variable counter(String owner) {
    return new Variable(owner, null, Shape.scalar(), Initializers.zeros(), true);
  }

  /**
   * The value; no gradients are computed for it while it is frozen.
   *
   * @throws IllegalStateException before initialisation
   */
  public Tensor tensor() {
    if (shared != this) {
      return shared.tensor();
    }
    if (tensor == null) {
      throw new IllegalStateException(
          owner + ": not initialised; call init(backend, dtype, rng) on the model first");
    }
    return frozen ? tensor.detach() : tensor;
  }

  /** The value that gradients are asked for, frozen or not. */
  Tensor leaf() {
    return shared().tensor;
  }

  /** The shape, known before initialisation. */
  public Shape shape() {
    return shape;
  }

  /** The variable whose value this one has: itself unless it is tied. */
  Variable shared() {
    return shared == this ? this : shared.shared();
  }

  Parameter.Role role() {
    return role;
  }

  /** Whether it is a parameter; else it is a buffer. */
  boolean isTrained() {
    return role != null;
  }

  boolean isCounter() {
    return counter;
  }

  boolean isFrozen() {
    return shared().frozen;
  }

  void setFrozen(boolean value) {
    shared().frozen = value;
  }

  void tieTo(String model, String path, Variable other, String otherPath) {
    if (other.shared() == shared()) {
      throw new IllegalArgumentException(
          model + ": '" + path + "' and '" + otherPath + "' are one already");
    }
    if (!isTrained() || !other.isTrained() || !shape.equals(other.shape)) {
      throw new IllegalArgumentException(
          model
              + ": only parameters of one shape can be tied, '"
              + path
              + "' is "
              + shape
              + " and '"
              + otherPath
              + "' is "
              + other.shape);
    }
    shared = other.shared();
  }

  HostArray draw(Rng rng) {
    return HostArray.of(initializer.draw(shape, rng), shape);
  }

  void create(Backend<?> backend, DType modelDType, HostArray values) {
    DType dtype = counter ? DType.INT64 : modelDType;
    Tensor made = Tensor.of(backend, values.dtype() == dtype ? values : values.to(dtype)).persist();
    tensor = isTrained() ? made.requiresGrad() : made;
  }

  /** A value without numbers, for as long as shapes are computed. */
  void createOn(MetaBackend meta) {
    tensor = Tensor.zeros(meta, shape, DType.FLOAT32).persist();
  }

  void forget() {
    tensor = null;
  }

  /** Puts another tensor in the place of the value, and gives what was there. */
  Tensor exchange(Tensor other) {
    Tensor before = tensor;
    tensor = other;
    return before;
  }

  void assign(HostArray values) {
    try (Scope scope = Scope.open("the loading of weights")) {
      tensor.assign(Tensor.of(tensor.backend(), values.to(tensor.dtype())));
    }
  }

  void move(Backend<?> backend, DType dtype) {
    HostArray values = tensor.toHost();
    tensor.close("the move to another backend or dtype");
    create(backend, dtype, values);
  }

  void close(String by) {
    if (tensor != null) {
      tensor.close(by);
    }
  }
}
