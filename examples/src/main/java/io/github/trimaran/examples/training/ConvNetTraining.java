package io.github.trimaran.examples.training;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.data.Split;
import io.github.trimaran.examples.report.TestedImages;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.models.ConvNet;
import io.github.trimaran.optim.AdamW;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.random.Rng;
import io.github.trimaran.search.Values;
import io.github.trimaran.train.History;
import io.github.trimaran.train.Listener;
import io.github.trimaran.train.Scoring;
import io.github.trimaran.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Trains {@link ConvNet}s by AdamW with a one-cycle rate on the images of one split. Several
 * threads may train at once, each on a backend of its own.
 */
public final class ConvNetTraining {

  /** Images a step when nothing is learned. */
  public static final int EVALUATION_BATCH = 250;

  private final Split split;
  private final Normalization normalization;
  private final DType dtype;
  private final int batchSize;
  private final long seed;

  /**
   * Training on a split.
   *
   * @param split whose test images are touched by {@link Trained#test} alone
   * @param dtype to compute in
   * @param batchSize images a step
   * @param seed of everything random: the same for all networks
   */
  public ConvNetTraining(Split split, DType dtype, int batchSize, long seed) {
    this.split = split;
    this.normalization = Recipe.PLAIN.normalization(split.train());
    this.dtype = dtype;
    this.batchSize = batchSize;
    this.seed = seed;
  }

  /** Images a step. */
  public int batchSize() {
    return batchSize;
  }

  /**
   * What values by name mean for these images: {@code filters}, {@code filter_size}, {@code depth},
   * {@code hidden}, {@code batch_norm}, {@code dropout}, {@code augment}, {@code learning_rate} and
   * {@code reg}.
   */
  public Candidate candidate(Values values) {
    ConvNet.Settings network =
        new ConvNet.Settings(
            split.train().imageShape(),
            values.integer("depth"),
            values.integer("filters"),
            values.integer("filter_size"),
            values.integer("hidden"),
            split.train().classes(),
            values.flag("batch_norm"),
            values.number("dropout"));
    return new Candidate(
        network,
        values.number("learning_rate"),
        values.number("reg"),
        Choice.named("--augment", values.word("augment"), Augmentations.values()));
  }

  /**
   * What to train and how.
   *
   * @param network its shape
   * @param learningRate the highest
   * @param weightDecay of AdamW
   * @param augmentation of the training images
   */
  public record Candidate(
      ConvNet.Settings network,
      double learningRate,
      double weightDecay,
      Augmentations augmentation) {}

  /**
   * A network that was trained; close it.
   *
   * @param history what happened
   * @param model as it is now
   * @param training what it was trained with
   */
  public record Trained(History history, Layer model, ConvNetTraining training)
      implements AutoCloseable {

    /** What it makes of the test images. */
    public TestedImages test() {
      Dataset images = training.split.test();
      return TestedImages.measured(model, images, training.inOrder(images), Scoring.PLAIN);
    }

    @Override
    public void close() {
      model.close();
    }
  }

  /**
   * One training.
   *
   * @param candidate what and how
   * @param epochs times through the training images
   * @param listener is told how it goes
   * @param checkpoint where it is saved after each epoch and when Ctrl-C is pressed, and goes on
   *     from if it is there; null for nowhere
   * @param farewell said when Ctrl-C was pressed and the checkpoint is written
   */
  public record Job(
      Candidate candidate, int epochs, Listener listener, Path checkpoint, Runnable farewell) {

    /** One that is not saved. */
    public static Job unsaved(Candidate candidate, int epochs, Listener listener) {
      return new Job(candidate, epochs, listener, null, () -> {});
    }
  }

  /**
   * Trains.
   *
   * @throws io.github.trimaran.train.DivergedException if the loss becomes infinite or NaN
   */
  public Trained train(Job job, Backend<?> backend) throws IOException {
    Layer model = new ConvNet(job.candidate().network());
    try {
      model.init(backend, dtype, Rng.seeded(seed).fork("weights"));
      return new Trained(fit(model, job), model, this);
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private History fit(Layer model, Job job) throws IOException {
    Candidate candidate = job.candidate();
    Batches batches =
        candidate
            .augmentation()
            .apply(
                Batches.shuffled(split.train(), batchSize, Rng.seeded(seed).fork("batches"))
                    .normalized(normalization),
                Rng.seeded(seed).fork("augmentation"));
    LearningRate rate =
        LearningRate.oneCycle(candidate.learningRate(), (long) job.epochs() * batches.perEpoch());
    try (Optimizer optimizer =
        new AdamW(model.parameters(), rate).weightDecay(candidate.weightDecay())) {
      Trainer.Builder trainer =
          Trainer.builder(model, optimizer)
              .quiet()
              .listener(job.listener())
              .rng(Rng.seeded(seed).fork("dropout"))
              .validation(inOrder(split.validation()));
      return job.checkpoint() == null
          ? trainer.build().fit(batches, job.epochs())
          : fitSaved(trainer, batches, job);
    }
  }

  private History fitSaved(Trainer.Builder builder, Batches batches, Job job) throws IOException {
    Dataset images = split.train();
    NetworkSettings network = NetworkSettings.of(job.candidate().network(), images.classNames());
    Trainer trainer =
        builder
            .checkpoint(job.checkpoint())
            .metadata(SavedModel.notes(network, normalization, images.source().name()))
            .build();
    if (Files.exists(job.checkpoint())) {
      trainer.resume(job.checkpoint());
    }
    try (Interruption interruption = Interruption.stopping(trainer, job.farewell())) {
      return trainer.fit(batches, job.epochs());
    }
  }

  private Batches inOrder(Dataset images) {
    return Batches.inOrder(images, EVALUATION_BATCH).normalized(normalization);
  }
}
