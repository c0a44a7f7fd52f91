package io.github.trimaran.train;

import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.data.Batch;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.losses.Penalties;
import io.github.trimaran.optim.GradientAccumulator;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One step: forward and backward for each of its batches, then the update. Everything it makes is
 * released when it is over.
 */
final class TrainingStep {

  /**
   * What a step gave.
   *
   * @param labelled samples that have a class
   * @param correct those put into it
   */
  record Result(double loss, int samples, long labelled, long correct) {

    static Result of(double loss, int samples, Confusion hits) {
      return new Result(loss, samples, hits.labelled(), hits.correct());
    }
  }

  /**
   * What a batch of it gave.
   *
   * @param gradients one for each parameter; null if it is frozen
   * @param loss without regularisation
   * @param count how many samples the loss is the mean of
   */
  private record Part(List<Tensor> gradients, double loss, double count) {}

  private final Trainer trainer;
  private final List<Parameter> parameters;
  private final Rng rng;
  private double lastRate;
  private boolean updated;

  TrainingStep(Trainer trainer) {
    this.trainer = trainer;
    this.parameters = trainer.optimizer().parameters();
    this.rng = Rng.restore(trainer.rngState());
  }

  /**
   * The step of that number, from 0, with the next {@code parts} batches; what it draws follows
   * from the number alone.
   */
  Result take(Iterator<Batch> batches, int parts, long number) {
    lastRate = trainer.optimizer().learningRate();
    Rng own = rng.fork(number);
    Confusion hits = Confusion.withoutTable();
    try (Scope scope = Scope.open("the training step")) {
      if (trainer.accumulate() == 1) {
        Batch batch = batches.next();
        Part part = keptPart(batch, own, hits);
        double loss = checked(part.loss() + penalty(), batch, number + 1);
        update(part.gradients(), number + 1);
        return Result.of(loss, batch.size(), hits);
      }
      return takeSeveral(batches, parts, number, own, hits);
    }
  }

  private Result takeSeveral(
      Iterator<Batch> batches, int parts, long number, Rng own, Confusion hits) {
    double loss = 0;
    double count = 0;
    int samples = 0;
    try (GradientAccumulator sum = new GradientAccumulator()) {
      for (int i = 0; i < parts; i++) {
        try (Scope scope = Scope.open("a batch of the training step")) {
          Batch batch = batches.next();
          Part part = part(batch, own.fork(i), hits);
          checked(part.loss(), batch, number + 1);
          sum.add(part.gradients(), part.count());
          loss += part.loss() * part.count();
          count += part.count();
          samples += batch.size();
        }
      }
      double total = loss / count + penalty();
      update(sum.mean(), number + 1);
      return Result.of(total, samples, hits);
    }
  }

  /**
   * A part without what its passes made: views of parameters among it, which would have to be left
   * their values by the update.
   */
  private Part keptPart(Batch batch, Rng own, Confusion hits) {
    try (Scope passes = Scope.open("the passes of the training step")) {
      Part part = part(batch, own, hits);
      part.gradients().stream().filter(Objects::nonNull).forEach(passes::keep);
      return part;
    }
  }

  /**
   * The loss, if it is a number. Else says why it is not, and the weights are left as they are: a
   * step by it would make all of them NaN.
   */
  private double checked(double loss, Batch batch, long step) {
    if (Double.isFinite(loss)) {
      return loss;
    }
    Optional<Finite.Fault> fault = Finite.faultOf(batch);
    if (fault.isPresent()) {
      throw DivergedException.data(loss, step, fault.get(), batch.size());
    }
    fault = updated ? Optional.empty() : Finite.faultOf(trainer.model());
    if (fault.isPresent()) {
      throw DivergedException.firstWeights(loss, fault.get());
    }
    throw DivergedException.loss(loss, step, lastRate);
  }

  private Part part(Batch batch, Rng own, Confusion hits) {
    Outcome outcome = trainer.objective().of(batch, Mode.train(own));
    Gradients gradients = Gradients.of(outcome.loss(), trained());
    try (GradMode off = GradMode.disable()) {
      hits.add(outcome);
      return new Part(
          parameters.stream().map(p -> p.isFrozen() ? null : gradients.get(p.tensor())).toList(),
          outcome.loss().item(),
          outcome.countIn(batch.size()));
    }
  }

  private List<Tensor> trained() {
    return Parameter.tensors(parameters.stream().filter(p -> !p.isFrozen()).toList());
  }

  /** What regularisation adds to the loss. */
  private double penalty() {
    try (GradMode off = GradMode.disable()) {
      return trainer.l2() == 0 ? 0 : Penalties.l2(parameters, trainer.l2()).item();
    }
  }

  private void update(List<Tensor> gradients, long step) {
    try (GradMode off = GradMode.disable()) {
      List<Tensor> total = new ArrayList<>();
      for (int i = 0; i < gradients.size(); i++) {
        total.add(regularised(parameters.get(i), gradients.get(i)));
      }
      updated = true;
      trainer.optimizer().step(trainer.clipping().apply(total));
      if (trainer.average() != null) {
        trainer.average().afterStep(step);
      }
    }
  }

  /**
   * Adds the gradient of the regularisation, {@code strength * w}: known beforehand, so recording
   * it would only cost passes over memory.
   */
  private Tensor regularised(Parameter parameter, Tensor gradient) {
    return trainer.l2() == 0 || !parameter.isWeight() || parameter.isFrozen()
        ? gradient
        : gradient.add(parameter.tensor().mul(trainer.l2()));
  }

  /** The learning rate of the last step. */
  double lastRate() {
    return lastRate;
  }
}
