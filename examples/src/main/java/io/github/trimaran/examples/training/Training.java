package io.github.trimaran.examples.training;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.collective.Collective;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.BatchSource;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.data.Split;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.examples.report.TestedImages;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.RunningStatistics;
import io.github.trimaran.optim.Lookahead;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.train.Checkpoint;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.History;
import io.github.trimaran.train.LogListener;
import io.github.trimaran.train.Scoring;
import io.github.trimaran.train.TensorBatch;
import io.github.trimaran.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains networks as an {@link Experiment} has it and measures them. Everything random follows from
 * the seed: the same experiment on the same data gives the same numbers.
 */
public final class Training {

  /** Images a step when nothing is learned. */
  private static final int EVALUATION_BATCH = 500;

  /** The training accuracy is measured on so many images at most. */
  private static final int MEASURED_TRAINING_IMAGES = 10_000;

  /** Published with the recipe that has it: Jordan 2024, section 3.4. */
  private static final int LOOKAHEAD_STEPS = 5;

  /** A line in the log, which {@code --verbose} shows, for so many steps. */
  private static final int LOGGED_STEPS = 100;

  /** Onlookers ask about so many images at most. */
  private static final int LOOKED_AT = 1_000;

  private final Backend<?> backend;
  private final DType dtype;
  private final long seed;
  private final Files files;
  private final Console console;
  private final List<Onlooker> onlookers = new ArrayList<>();
  private boolean inBackground;
  private Collective worker = Collective.alone();

  /** Training on a backend as the command line has it. */
  public Training(Backend<?> backend, CommonOptions options, Files files, Console console) {
    this(backend, options.dtype(), options.seed(), files, console);
  }

  /** Training on a backend. */
  public Training(Backend<?> backend, DType dtype, long seed, Files files, Console console) {
    this.backend = backend;
    this.dtype = dtype;
    this.seed = seed;
    this.files = files;
    this.console = console;
  }

  /** Shows trainings to this one too. */
  public Training watchedBy(Onlooker onlooker) {
    onlookers.add(onlooker);
    return this;
  }

  /** Leaves Ctrl-C to the program that trains beside other work. */
  public Training inBackground() {
    inBackground = true;
    return this;
  }

  /** Trains as one of several workers, each of which does its part of every batch. */
  Training sideBySide(Collective one) {
    worker = one;
    return inBackground();
  }

  /**
   * Where a training is saved to, where it goes on from, and what it starts from.
   *
   * @param save the checkpoint after each epoch, or null
   * @param resume a checkpoint of the same training, or null
   * @param init a saved model whose weights are the first ones, or null
   */
  public record Files(Path save, Path resume, Path init) {

    /** Finds at once, not after an epoch, that a file cannot be read or written. */
    public Files {
      if (resume != null && !java.nio.file.Files.isRegularFile(resume)) {
        throw new InputException("--resume: no file " + resume + "; 'train --save FILE' makes one");
      }
      if (init != null && resume != null) {
        throw new InputException(
            "--init: with --resume the weights are the checkpoint's; give one of the two");
      }
      if (save != null) {
        requireWritable(save.toAbsolutePath());
      }
    }

    private static void requireWritable(Path file) {
      if (java.nio.file.Files.isDirectory(file)) {
        throw new InputException("--save: " + file + " is a folder; name a file");
      }
      Path folder = file.getParent();
      while (!java.nio.file.Files.exists(folder)) {
        folder = folder.getParent();
      }
      if (!java.nio.file.Files.isDirectory(folder)) {
        throw new InputException("--save: " + folder + " is a file, not a folder");
      }
      if (!java.nio.file.Files.isWritable(folder)) {
        throw new InputException("--save: " + folder + " is not writable");
      }
    }
  }

  /**
   * Trains and measures.
   *
   * @param name of the run: {@code "40 digits, 20 epochs"}
   * @throws IOException if a checkpoint cannot be read or written
   */
  public TrainedRun run(String name, TrainTest data, Experiment experiment) throws IOException {
    Split split = experiment.split(data);
    Recipe recipe = Recipe.of(experiment.network().network());
    Normalization normalization = recipe.normalization(split.train());
    try (Layer model = recipe.network(experiment.network(), split.train(), normalization)) {
      History history = train(name, experiment, split, normalization, model);
      int measured = Math.min(split.train().size(), MEASURED_TRAINING_IMAGES);
      TestedImages tested =
          TestedImages.measured(model, split.test(), normalization, recipe.scoring());
      return new TrainedRun(
          name,
          history,
          Evaluator.plain().evaluate(model, inOrder(split.train().take(measured), normalization)),
          recipe.scoring() == Scoring.PLAIN
              ? tested.found()
              : Evaluator.plain().evaluate(model, inOrder(split.test(), normalization)),
          model.stateDict(),
          tested);
    }
  }

  /** Trains, and leaves the network to the file that it is saved in. */
  void fit(TrainTest data, Experiment experiment) throws IOException {
    Split split = experiment.split(data);
    Recipe recipe = Recipe.of(experiment.network().network());
    Normalization normalization = recipe.normalization(split.train());
    try (Layer model = recipe.network(experiment.network(), split.train(), normalization)) {
      train("", experiment, split, normalization, model);
    }
  }

  private History train(
      String name, Experiment experiment, Split split, Normalization normalization, Layer model)
      throws IOException {
    Recipe recipe = Recipe.of(experiment.network().network());
    Rng rng = Rng.seeded(seed);
    BatchSource batches =
        experiment.varied(
            Batches.shuffled(split.train(), experiment.batchSize(), rng.fork("batches"))
                .normalized(normalization),
            rng.fork("augmentation"));
    model.init(backend, dtype, rng.fork("weights"));
    if (files.init() != null) {
      SavedModel.read(files.init()).copyTo(model);
    }
    long steps = (long) experiment.epochs() * batches.perEpoch();
    try (Optimizer optimizer = recipe.optimizer(experiment, model, batches.perEpoch());
        HardestImages hardest =
            HardestImages.of(
                experiment,
                model,
                split.train(),
                normalization,
                rng.fork("proxy"),
                batches.perEpoch());
        Lookahead lookahead =
            experiment.refinements().lookahead()
                ? Lookahead.growing(model, LOOKAHEAD_STEPS, steps)
                : null) {
      Trainer.Builder settings =
          trainer(name, experiment, Trainer.builder(model, optimizer, hardest.objective()))
              .rng(rng.fork("dropout"))
              .collective(worker)
              .metadata(
                  SavedModel.notes(
                      experiment.network().settings(split.train()),
                      normalization,
                      split.train().source().name()));
      if (split.validation().size() > 0) {
        settings.validation(inOrder(split.validation(), normalization));
      }
      if (lookahead != null) {
        settings.average(lookahead);
      }
      Dataset others = split.validation().size() > 0 ? split.validation() : split.test();
      Dataset few = others.take(Math.min(LOOKED_AT, others.size()));
      for (Onlooker onlooker : onlookers) {
        settings.listener(onlooker.of(new Onlooker.Subject(name, model, few, normalization)));
      }
      Trainer trainer = settings.build();
      if (files.resume() != null) {
        trainer.resume(files.resume());
      }
      History history = fit(trainer, batches, experiment.epochs());
      if (experiment.refinements().freshNorms() > 0
          && !history.isInterrupted()
          && worker.size() == 1) {
        measureNorms(experiment, split.train(), normalization, model, rng.fork("norms"));
      }
      return history;
    }
  }

  /** Measures batch norm's statistics on images that are flipped and cropped, no more. */
  private void measureNorms(
      Experiment experiment, Dataset images, Normalization normalization, Layer model, Rng rng)
      throws IOException {
    Dataset some = images.take(Math.min(images.size(), experiment.refinements().freshNorms()));
    Batches batches =
        Augmentations.FLIP_CROP.apply(
            Batches.shuffled(some, EVALUATION_BATCH, rng).normalized(normalization),
            rng.fork("augmentation"));
    RunningStatistics.measure(
        model,
        mode -> {
          for (Batch batch : batches.epoch(0, 0)) {
            try (Scope scope = Scope.open("images to measure")) {
              model.forward(new TensorBatch(batch, model).input(), mode);
            }
          }
        });
    if (files.save() != null) {
      Checkpoint.replaceModel(files.save(), model.stateDict());
    }
  }

  private History fit(Trainer trainer, BatchSource batches, int epochs) throws IOException {
    if (inBackground) {
      return trainer.fit(batches, epochs);
    }
    try (Interruption interruption = Interruption.stopping(trainer, this::tellHowToGoOn)) {
      return interruption.fit(
          () -> trainer.fit(batches, epochs),
          e -> console.result("Interrupted; could not save: " + e.getMessage()));
    }
  }

  private void tellHowToGoOn() {
    console.result(
        files.save() == null
            ? "Interrupted; nothing is kept: with --save FILE it could be gone on with"
            : "Interrupted; saved in "
                + files.save()
                + ". Go on with the same command and --resume "
                + files.save());
  }

  private Trainer.Builder trainer(String name, Experiment experiment, Trainer.Builder trainer) {
    trainer
        .l2(experiment.optimizer().lossL2())
        .quiet()
        .listener(new ShowProgress(name, console))
        .listener(new LogListener(LOGGED_STEPS));
    if (files.save() != null) {
      trainer.checkpoint(files.save());
    }
    return trainer;
  }

  private static Batches inOrder(Dataset images, Normalization normalization) {
    return Batches.inOrder(images, EVALUATION_BATCH).normalized(normalization);
  }
}
