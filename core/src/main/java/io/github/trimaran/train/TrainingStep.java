package io.github.trimaran.train;

import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.Shard;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One step: forward and backward for each of its batches, then the update. Everything it makes is
 * released when it is over.
 */
final class TrainingStep {

  /**
   * What a step gave, with all workers.
   *
   * @param labelled samples that have a class
   * @param correct those put into it
   */
  record Result(double loss, int samples, long labelled, long correct) {}

  /**
   * What a batch of it gave.
   *
   * @param gradients one for each parameter; null if it is frozen
   * @param totals what all workers found
   */
  private record Part(List<Tensor> gradients, Workers.Totals totals) {}

  private final Trainer trainer;
  private final Workers workers;
  private final List<Parameter> parameters;
  private final Rng rng;
  private double lastRate;
  private boolean updated;

  TrainingStep(Trainer trainer, Workers workers) {
    this.trainer = trainer;
    this.workers = workers;
    this.parameters = trainer.optimizer().parameters();
    this.rng = Rng.restore(trainer.rngState());
  }

  /**
   * The step of that number, from 0, with the next {@code parts} batches; what it draws follows
   * from the number alone.
   */
  Result take(Iterator<Shard> batches, int parts, long number) {
    lastRate = trainer.optimizer().learningRate();
    Rng own = rng.fork(number);
    try (Scope scope = Scope.open("the training step")) {
      if (trainer.settings().accumulate == 1) {
        Shard shard = batches.next();
        Part part = keptPart(shard, own);
        Workers.Totals totals = part.totals();
        double loss = checked(totals.loss() + penalty(), shard.batch(), number + 1);
        update(part.gradients(), number + 1);
        return new Result(loss, totals.samples(), totals.labelled(), totals.correct());
      }
      return takeSeveral(batches, parts, number, own);
    }
  }

  private Result takeSeveral(Iterator<Shard> batches, int parts, long number, Rng own) {
    double loss = 0;
    double count = 0;
    int samples = 0;
    long labelled = 0;
    long correct = 0;
    try (GradientAccumulator sum = new GradientAccumulator()) {
      for (int i = 0; i < parts; i++) {
        try (Scope scope = Scope.open("a batch of the training step")) {
          Shard shard = batches.next();
          Part part = part(shard, own.fork(i), null);
          Workers.Totals totals = part.totals();
          checked(totals.loss(), shard.batch(), number + 1);
          sum.add(part.gradients(), totals.count());
          loss += totals.loss() * totals.count();
          count += totals.count();
          samples += totals.samples();
          labelled += totals.labelled();
          correct += totals.correct();
        }
      }
      double total = loss / count + penalty();
      update(ofAllWorkers(sum.mean()), number + 1);
      return new Result(total, samples, labelled, correct);
    }
  }

  /** The sum of all workers' accumulated gradients. */
  private List<Tensor> ofAllWorkers(List<Tensor> own) {
    GradientSum sum = workers.gradientSum();
    for (int i = 0; i < own.size(); i++) {
      if (own.get(i) != null) {
        sum.add(parameters.get(i).tensor(), own.get(i));
      }
    }
    Map<Tensor, Tensor> sums = sum.await();
    return sums == null ? own : parameters.stream().map(p -> sums.get(p.tensor())).toList();
  }

  /**
   * A part without what its passes made: views of parameters among it, which would have to be left
   * their values by the update.
   */
  private Part keptPart(Shard shard, Rng own) {
    try (Scope passes = Scope.open("the passes of the training step")) {
      Part part = part(shard, own, workers.gradientSum());
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

  /** {@code sum}: of all workers, as gradients are computed; null to leave them this worker's. */
  private Part part(Shard shard, Rng own, GradientSum sum) {
    Outcome outcome = trainer.objective().of(shard.batch(), workers.mode(own, shard));
    Workers.Totals mine;
    try (GradMode off = GradMode.disable()) {
      mine = Workers.Totals.of(outcome, shard);
    }
    Workers.Totals all = workers.total(mine);
    Tensor summand = workers.summand(outcome, mine, all);
    if (sum == null) {
      Gradients gradients = Gradients.of(summand, trained());
      return new Part(eachTrained(gradients::get), all);
    }
    Gradients gradients = Gradients.of(summand, trained(), sum::add);
    Map<Tensor, Tensor> sums = sum.await();
    return new Part(eachTrained(sums == null ? gradients::get : sums::get), all);
  }

  /** One for each parameter, null where it is frozen. */
  private List<Tensor> eachTrained(UnaryOperator<Tensor> gradient) {
    return parameters.stream().map(p -> p.isFrozen() ? null : gradient.apply(p.tensor())).toList();
  }

  private List<Tensor> trained() {
    return Parameter.tensors(parameters.stream().filter(p -> !p.isFrozen()).toList());
  }

  /** What regularisation adds to the loss. */
  private double penalty() {
    try (GradMode off = GradMode.disable()) {
      return trainer.settings().l2 == 0
          ? 0
          : Penalties.l2(parameters, trainer.settings().l2).item();
    }
  }

  private void update(List<Tensor> gradients, long step) {
    try (GradMode off = GradMode.disable()) {
      List<Tensor> total = new ArrayList<>();
      for (int i = 0; i < gradients.size(); i++) {
        total.add(regularised(parameters.get(i), gradients.get(i)));
      }
      updated = true;
      trainer.optimizer().step(trainer.settings().clipping.apply(total));
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
    return trainer.settings().l2 == 0 || !parameter.isWeight() || parameter.isFrozen()
        ? gradient
        : gradient.add(parameter.tensor().mul(trainer.settings().l2));
  }

  /** The learning rate of the last step. */
  double lastRate() {
    return lastRate;
  }
}
