package io.github.trimaran.train;

import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.data.Batch;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.losses.Penalties;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/** One step: forward, backward, update. Everything it makes is released when it is over. */
final class TrainingStep {

  /**
   * What a step gave.
   *
   * @param correct samples put into the right class
   */
  record Result(double loss, int samples, long correct) {}

  private final Trainer trainer;
  private final List<Parameter> parameters;
  private final Rng rng;
  private boolean countsCorrect;
  private double lastRate;

  TrainingStep(Trainer trainer) {
    this.trainer = trainer;
    this.parameters = trainer.optimizer().parameters();
    this.rng = Rng.restore(trainer.rngState());
  }

  /** The step of that number, from 0; what it draws follows from the number alone. */
  Result take(Batch batch, long number) {
    lastRate = trainer.optimizer().learningRate();
    try (Scope scope = Scope.open("the training step")) {
      Outcome outcome = trainer.objective().of(batch, Mode.train(rng.fork(number)));
      Tensor loss = outcome.loss();
      Gradients gradients = Gradients.of(loss, Parameter.tensors(parameters));
      try (GradMode off = GradMode.disable()) {
        double value = loss.item() + penalty();
        update(gradients, number + 1);
        countsCorrect = Confusion.isOfClasses(outcome);
        return new Result(value, batch.size(), Confusion.correct(outcome));
      }
    }
  }

  /** What regularisation adds to the loss. */
  private double penalty() {
    return trainer.l2() == 0 ? 0 : Penalties.l2(parameters, trainer.l2()).item();
  }

  private void update(Gradients gradients, long step) {
    List<Tensor> total =
        parameters.stream()
            .map(parameter -> regularised(parameter, gradients.get(parameter.tensor())))
            .toList();
    trainer.optimizer().step(trainer.clipping().apply(total));
    if (trainer.average() != null) {
      trainer.average().afterStep(step);
    }
  }

  /**
   * Adds the gradient of the regularisation, {@code strength * w}: known beforehand, so recording
   * it would only cost passes over memory.
   */
  private Tensor regularised(Parameter parameter, Tensor gradient) {
    return trainer.l2() == 0 || !parameter.isWeight()
        ? gradient
        : gradient.add(parameter.tensor().mul(trainer.l2()));
  }

  /** Whether the last step was about classes. */
  boolean countsCorrect() {
    return countsCorrect;
  }

  /** The learning rate of the last step. */
  double lastRate() {
    return lastRate;
  }
}
