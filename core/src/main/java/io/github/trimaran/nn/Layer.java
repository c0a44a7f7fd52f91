package io.github.trimaran.nn;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;

/**
 * A model that is a function of one tensor to one: a layer, or a whole network.
 *
 * <pre>{@code
 * Sequential model = new Sequential(
 *     new Conv2d(1, 32, 7).padding(3), new ReLU(), new MaxPool2d(2),
 *     new Flatten(), new Linear(32 * 14 * 14, 10));
 * model.init(backend, DType.FLOAT32, Rng.seeded(29));
 * Tensor logits = model.forward(images);
 * }</pre>
 *
 * <p>A new kind of layer extends this class, declares its {@link #parameter}s, {@link #buffer}s and
 * {@link #child}ren in its constructor and implements {@link #compute}.
 */
public abstract class Layer extends Model {

  /** For subclasses. */
  protected Layer() {}

  /** The layer's function, for evaluation. */
  public final Tensor forward(Tensor x) {
    return forward(x, Mode.EVAL);
  }

  /**
   * The layer's function.
   *
   * @throws IllegalArgumentException if shapes or dtypes do not fit, naming the layer of the model
   * @throws IllegalStateException if the model is not initialised
   */
  public final Tensor forward(Tensor x, Mode mode) {
    return run(mode, () -> compute(x, mode));
  }

  /**
   * The layer's function followed by ReLU, in one pass where layer and backend can. An observer
   * sees what the layer gives before the ReLU.
   */
  public final Tensor forwardRelu(Tensor x, Mode mode) {
    return mode.isObserved() ? forward(x, mode).relu() : run(mode, () -> computeRelu(x, mode));
  }

  /** The layer's function; {@link #forward} calls it. */
  protected abstract Tensor compute(Tensor x, Mode mode);

  /** The layer's function followed by ReLU; for layers that can do both in one pass. */
  protected Tensor computeRelu(Tensor x, Mode mode) {
    return compute(x, mode).relu();
  }

  /** Whether {@link #computeAdded} is one pass where the backend can. */
  protected boolean addsInOnePass() {
    return false;
  }

  /** The layer's function plus a tensor of its result's shape; then ReLU, if asked. */
  protected Tensor computeAdded(Tensor x, Tensor added, boolean relu, Mode mode) {
    Tensor sum = compute(x, mode).add(added);
    return relu ? sum.relu() : sum;
  }

  /** See {@link #computeAdded}; not for observers, who would not see what the layer gives. */
  final Tensor forwardAdded(Tensor x, Tensor added, boolean relu, Mode mode) {
    return run(mode, () -> computeAdded(x, added, relu, mode));
  }

  /**
   * A table of all layers with the shapes they give and their parameters.
   *
   * @param input the shape of a batch, such as {@code [1, 3, 32, 32]}
   */
  public final String summary(Shape input) {
    return summary(input, DType.FLOAT32);
  }

  /**
   * The same for inputs of another type, such as tokens.
   *
   * @param type a float type stands for the model's own
   */
  public final String summary(Shape input, DType type) {
    return summary(
        (place, mode) -> {
          DType own = type.isFloating() && isInitialised() ? dtype() : type;
          forward(Tensor.zeros(place, input, own), mode);
        });
  }
}
