package io.github.trimaran.train;

import io.github.trimaran.collective.Collective;
import io.github.trimaran.data.BatchSource;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Model;
import io.github.trimaran.optim.Clipping;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.optim.ReduceOnPlateau;
import io.github.trimaran.optim.WeightAverage;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.metrics.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Trains a model.
 *
 * <pre>{@code
 * Optimizer adam = new Adam(model.parameters(), 1e-3);
 * Trainer trainer = Trainer.builder(model, adam)
 *     .validation(Batches.inOrder(split.validation(), 500))
 *     .judgedBy(new F1Score())
 *     .keepBest()
 *     .build();
 * History history = trainer.fit(Batches.shuffled(split.train(), 50, rng), 20);
 * }</pre>
 *
 * <p>A {@link Layer} is trained on classes unless an {@link Objective} says otherwise: a model of
 * several inputs, of sequences with masks, or without labels brings its own.
 *
 * <p>The same seeds give the same training, bit for bit on one backend. So does training that was
 * interrupted, even within an epoch, and goes on from its checkpoint with {@link #resume}. Memory
 * is taken care of: what a step makes is released with it.
 */
public final class Trainer {

  private final Builder settings;
  private final List<Listener> listeners;
  private long rngState;
  private Checkpoint resumed;
  private Progress progress = new Progress();
  private volatile boolean stopRequested;

  private Trainer(Builder settings) {
    this.settings = settings;
    this.rngState = settings.rng.state();
    this.listeners =
        new ArrayList<>(
            settings.quiet || settings.collective.rank() > 0
                ? List.of()
                : ConsoleListener.standard());
    this.listeners.addAll(settings.listeners);
  }

  /** Settings for training this model of classes, initialised, with this optimiser. */
  public static Builder builder(Layer model, Optimizer optimizer) {
    return builder(model, optimizer, Supervised.classification());
  }

  /** Settings for training a model of any form, initialised, by what its objective costs. */
  public static <M extends Model> Builder builder(
      M model, Optimizer optimizer, Objective<? super M> objective) {
    return new Builder(BoundObjective.of(model, objective), optimizer);
  }

  /** What can be chosen; everything has a default. */
  public static final class Builder {

    private final BoundObjective objective;
    private final Optimizer optimizer;
    double l2;
    Clipping clipping = Clipping.NONE;
    private WeightAverage average;
    private Rng rng = Rng.seeded(0);
    private BatchSource validation;
    private int validateEvery = 1;
    private final List<Metric> metrics = new ArrayList<>();
    private Metric judge;
    boolean keepBest;
    int patience = Integer.MAX_VALUE;
    int accumulate = 1;
    Collective collective = Collective.alone();
    private ReduceOnPlateau plateau;
    private ToDoubleFunction<Evaluation> watched = Evaluation::loss;
    private Path checkpoint;
    private long checkpointEvery;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private boolean quiet;

    private Builder(BoundObjective objective, Optimizer optimizer) {
      this.objective = objective;
      this.optimizer = optimizer;
      objective.model().backend(); // refuses a model that is not initialised
    }

    /** Adds {@code 0.5 * strength * ||w||^2} to the loss, over weights but not biases. */
    public Builder l2(double strength) {
      if (!(strength >= 0)) {
        throw new IllegalArgumentException(
            "training: regularisation must be at least 0, is " + strength);
      }
      l2 = strength;
      return this;
    }

    /** Limits gradients before each step. */
    public Builder clipping(Clipping limit) {
      clipping = limit;
      return this;
    }

    /**
     * Takes each step by the gradients of that many batches, which are those of one batch of all
     * their samples: for batches that do not fit into memory at once. What batches an epoch has
     * left over at its end make a step too, so an epoch has {@code batches / count} steps, rounded
     * up. Training stops and saves between steps only.
     */
    public Builder accumulate(int count) {
      TrainerChecks.requireAtLeastOne("batches a step", count);
      accumulate = count;
      return this;
    }

    /**
     * Trains side by side with others, each of which computes its part of every batch; all must
     * have the same settings, seeds and batches; the first writes checkpoints. The same as one
     * process but for rounding, batch norm included; only dropout draws others.
     */
    public Builder collective(Collective worker) {
      collective = worker;
      return this;
    }

    /** Averages the weights over the steps. */
    public Builder average(WeightAverage weights) {
      average = weights;
      return this;
    }

    /** What dropout is drawn from; it is not advanced. */
    public Builder rng(Rng generator) {
      rng = Rng.restore(generator.state());
      return this;
    }

    /** Measures the model on the first epoch of a source after each epoch of training. */
    public Builder validation(BatchSource source) {
      validation = source;
      return this;
    }

    /** Measures after every so many epochs, and after the last. */
    public Builder validateEvery(int epochs) {
      TrainerChecks.requireAtLeastOne("epochs between validations", epochs);
      validateEvery = epochs;
      return this;
    }

    /**
     * Measures these too at each validation; {@link EpochRecord#metrics}, logs and tables have them
     * by name.
     */
    public Builder metrics(Metric... besides) {
      metrics.addAll(List.of(besides));
      return this;
    }

    /**
     * Judges validations by this metric, which is measured too: for {@link #keepBest} and {@link
     * #patience}. Without, the best has the highest accuracy, or the lowest loss where there are no
     * classes.
     */
    public Builder judgedBy(Metric metric) {
      metrics.add(metric);
      judge = metric;
      return this;
    }

    /**
     * In the end gives the model the values of its best validation, the first of equals; see {@link
     * #judgedBy}.
     */
    public Builder keepBest() {
      keepBest = true;
      return this;
    }

    /** Stops after that many validations in a row without improvement: {@code EarlyStopping}. */
    public Builder patience(int validations) {
      TrainerChecks.requireAtLeastOne("patience", validations);
      patience = validations;
      return this;
    }

    /**
     * Tells this learning rate, which the optimiser has, the loss of each validation. Its state is
     * saved with checkpoints.
     */
    public Builder plateau(ReduceOnPlateau rate) {
      return plateau(rate, Evaluation::loss);
    }

    /** The same with what else should get better: {@code found -> found.metric("f1")}. */
    public Builder plateau(ReduceOnPlateau rate, ToDoubleFunction<Evaluation> metric) {
      plateau = rate;
      watched = metric;
      return this;
    }

    /** Writes a checkpoint to that file after each epoch, and when asked to stop. */
    public Builder checkpoint(Path file) {
      checkpoint = file;
      return this;
    }

    /** The same after every so many steps too. */
    public Builder checkpoint(Path file, long everySteps) {
      checkpoint = file;
      checkpointEvery = everySteps;
      return this;
    }

    /** Notes to be saved with each checkpoint: what the network and the data are. */
    public Builder metadata(Map<String, String> notes) {
      metadata.putAll(notes);
      return this;
    }

    /** Tells this listener how training goes. */
    public Builder listener(Listener listener) {
      listeners.add(listener);
      return this;
    }

    /**
     * Shows no progress. Without, there is a bar on a terminal, else a line every ten seconds, and
     * a line for each epoch, on standard error.
     */
    public Builder quiet() {
      quiet = true;
      return this;
    }

    /** The trainer. */
    public Trainer build() {
      boolean judges = keepBest || patience < Integer.MAX_VALUE || plateau != null;
      TrainerChecks.requireValidation(judges, metrics, validation);
      Measurements.checked(metrics);
      return new Trainer(this);
    }
  }

  /**
   * Goes on from a checkpoint that a trainer with the same settings wrote; the next {@link #fit}
   * must be given the same batches. If it fails, nothing was changed.
   *
   * @throws IOException if the file cannot be read, is no checkpoint, or is of another kind of
   *     optimiser or average
   * @throws IllegalArgumentException if it is of another model, or an optimiser of other parameters
   */
  public void resume(Path file) throws IOException {
    Checkpoint checkpoint = Checkpoint.read(file);
    Progress saved = checkpoint.progress(judgeName());
    long savedRng = checkpoint.rngState();
    checkpoint.restore(this);
    rngState = savedRng;
    resumed = checkpoint;
    progress = saved;
  }

  /**
   * Trains until so many epochs are done in all, those before a checkpoint or an earlier call
   * included; or until asked to stop, or validation stops improving.
   *
   * @return what happened; the same object for every call
   * @throws IOException if a checkpoint cannot be written, the one to go on from does not fit, or
   *     data cannot be read
   * @throws DivergedException if the loss or a weight becomes infinite or NaN
   * @throws IllegalArgumentException if the optimiser is of another model
   * @throws IllegalStateException if all parameters are frozen
   */
  public History fit(BatchSource batches, int epochs) throws IOException {
    TrainerChecks.requireAtLeastOne("epochs", epochs);
    TrainerChecks.requireAtLeastOne("batches an epoch", batches.perEpoch());
    if (resumed != null) {
      resumed.requireBatches(batches.perEpoch());
      resumed = null;
    }
    TrainerChecks.requireTrainable(model(), optimizer());
    stopRequested = false;
    try {
      return new TrainingRun(this, batches, epochs).run();
    } catch (UncheckedIOException e) {
      // Data that cannot be read: batches come from an iterator, which may not throw it as it is.
      throw e.getCause();
    }
  }

  /**
   * Asks training to stop after the step under way, and to write its checkpoint. May be called from
   * any thread.
   */
  public void requestStop() {
    stopRequested = true;
  }

  Builder settings() {
    return settings;
  }

  boolean isStopRequested() {
    return stopRequested || listeners.stream().anyMatch(Listener::wantsToStop);
  }

  Model model() {
    return settings.objective.model();
  }

  BoundObjective objective() {
    return settings.objective;
  }

  Optimizer optimizer() {
    return settings.optimizer;
  }

  /** Null for none. */
  WeightAverage average() {
    return settings.average;
  }

  /** Null for none. */
  ReduceOnPlateau plateau() {
    return settings.plateau;
  }

  long rngState() {
    return rngState;
  }

  /** Null for none. */
  BatchSource validation() {
    return settings.validation;
  }

  boolean validatesAfter(int epoch, int epochs) {
    return settings.validation != null && (epoch % settings.validateEvery == 0 || epoch == epochs);
  }

  /** Tells the learning rate of a validation, if it wants to know. */
  void observe(Evaluation evaluation) {
    if (settings.plateau != null) {
      settings.plateau.observe(settings.watched.applyAsDouble(evaluation));
    }
  }

  /** Measured at each validation. */
  List<Metric> metrics() {
    return settings.metrics;
  }

  /** What the best is the best of; null for accuracy or loss. */
  Metric judge() {
    return settings.judge;
  }

  /** Empty for accuracy or loss. */
  String judgeName() {
    return settings.judge == null ? "" : settings.judge.name();
  }

  List<Listener> listeners() {
    return listeners;
  }

  Progress progress() {
    return progress;
  }

  /** Writes a checkpoint if that was asked for. */
  void save(int batchesPerEpoch) throws IOException {
    if (settings.checkpoint != null) {
      Checkpoint.write(settings.checkpoint, this, progress, batchesPerEpoch, settings.metadata);
    }
  }

  boolean savesAfter(long step) {
    return settings.checkpointEvery > 0 && step % settings.checkpointEvery == 0;
  }
}
