package io.github.trimaran.train;

/**
 * Is told how training goes; every method does nothing unless overridden.
 *
 * <pre>{@code
 * Listener losses = new Listener() {
 *   @Override
 *   public void onStep(StepRecord step) {
 *     System.out.println(step.loss());
 *   }
 * };
 * }</pre>
 */
public interface Listener {

  /**
   * Before the first step, or the first after a checkpoint.
   *
   * @param history what happened before
   */
  default void onStart(History history) {}

  /** After each step. */
  default void onStep(StepRecord step) {}

  /** After each epoch and its validation. */
  default void onEpoch(EpochRecord epoch, History history) {}

  /**
   * Whether training is to end here; asked before each step. It ends as after {@link
   * Trainer#requestStop}, with its checkpoint written, so that it can be gone on with.
   *
   * <pre>{@code
   * Listener enough = new Listener() {
   *   private boolean reached;
   *
   *   @Override
   *   public void onEpoch(EpochRecord epoch, History history) {
   *     reached = epoch.validationAccuracy() > 0.99;
   *   }
   *
   *   @Override
   *   public boolean wantsToStop() {
   *     return reached;
   *   }
   * };
   * }</pre>
   */
  default boolean wantsToStop() {
    return false;
  }

  /** After training, interrupted or not. */
  default void onEnd(History history) {}
}
