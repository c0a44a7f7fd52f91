package io.github.trimaran.nn;

import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.SharedBatch;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * How a model is run: for evaluation or for training. Given with every call instead of being set on
 * the model, so that one thread can evaluate a model while another trains one.
 *
 * <pre>{@code
 * Tensor y = model.forward(images, Mode.EVAL);
 * Tensor noisy = model.forward(images, Mode.train(Rng.seeded(1)));    // with dropout
 * }</pre>
 */
public final class Mode {

  /** Evaluation: no dropout, batch norm by its running statistics. */
  public static final Mode EVAL = new Mode(null, null, null, false);

  /** Evaluation with batch norm by the batch, which notes it: see {@link RunningStatistics}. */
  static final Mode MEASURING = new Mode(null, null, null, true);

  /** Sees what each part of a model gives. */
  @FunctionalInterface
  public interface Observer {
    /**
     * Called when a part is done, inner parts before outer ones.
     *
     * @param path where in the model: {@code "BasicConvNet/conv1"}
     * @param part the layer, or other part
     * @param outputs what it gave, one tensor for a layer; released with their scope unless kept
     */
    void observe(String path, Model part, List<Tensor> outputs);
  }

  private final Rng rng;
  private final Observer observer;
  private final SharedBatch sharedBatch;
  private final boolean measuring;

  private Mode(Rng rng, Observer observer, SharedBatch sharedBatch, boolean measuring) {
    this.rng = rng;
    this.observer = observer;
    this.sharedBatch = sharedBatch;
    this.measuring = measuring;
  }

  /** Training, with dropout drawn from {@code rng}, which advances. */
  public static Mode train(Rng rng) {
    if (rng == null) {
      throw new IllegalArgumentException("mode: training needs a random generator");
    }
    return new Mode(rng, null, null, false);
  }

  /**
   * The same, with an observer of each layer's output: for activations inside a model, and for
   * {@link Layer#summary}. Layers are not fused then, so that each is seen. It is what PyTorch's
   * {@code register_forward_hook} is for.
   */
  public Mode observedBy(Observer newObserver) {
    return new Mode(rng, newObserver, sharedBatch, measuring);
  }

  /**
   * The same where the samples are a part of a batch that several workers have: what is normalised
   * by the statistics of its batch exchanges them.
   */
  public Mode sharing(SharedBatch batch) {
    return new Mode(rng, observer, batch, measuring);
  }

  /** Whether this is training. */
  public boolean isTraining() {
    return rng != null;
  }

  /** Whether batch norms take the average of what they see. */
  boolean isMeasuring() {
    return measuring;
  }

  /** Whether somebody looks at each layer's output. */
  public boolean isObserved() {
    return observer != null;
  }

  /** The batch that the samples are a part of; empty if they are all of it. */
  public Optional<SharedBatch> sharedBatch() {
    return Optional.ofNullable(sharedBatch);
  }

  /**
   * The source of randomness in training.
   *
   * @throws IllegalStateException in evaluation, which has none
   */
  public Rng rng() {
    if (rng == null) {
      throw new IllegalStateException("mode: evaluation draws no random numbers");
    }
    return rng;
  }

  /** Shows the observer a function's result; one that is no tensors is shown as none. */
  void observe(String path, Model part, Object output) {
    if (observer == null) {
      return;
    }
    if (output instanceof Tensor tensor) {
      observer.observe(path, part, List.of(tensor));
    } else {
      observer.observe(
          path, part, output instanceof Model.Outputs outputs ? outputs.tensors() : List.of());
    }
  }

  @Override
  public String toString() {
    return isTraining() ? "training" : measuring ? "measuring" : "evaluation";
  }
}
