package io.github.trimaran.examples.serve;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.DataSource;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.data.RandomCrop;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.Evaluation;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.Listener;
import io.github.trimaran.train.StepRecord;
import io.github.trimaran.train.Trainer;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains a copy of a digit network on corrections, mixed with digits it knows so that it does not
 * forget them, and measures both before and after.
 */
final class FineTuning {

  private static final int KNOWN_DIGITS = 1_000;
  private static final int TEST_DIGITS = 2_000;
  private static final int EPOCHS = 4;
  private static final int BATCH = 50;
  private static final double LEARNING_RATE = 5e-4;

  /** Of each class at most so many times as large a part as the digits it knows. */
  private static final int MOST_REPEATS = 50;

  private final Backend<?> backend;
  private final TrainTest digits;
  private final long seed;

  FineTuning(Backend<?> backend, TrainTest digits, long seed) {
    this.backend = backend;
    this.digits = digits;
    this.seed = seed;
  }

  /**
   * A trained copy.
   *
   * @param model the copy
   * @param numbers before and after
   */
  record Tuned(SavedModel model, Map<String, Object> numbers) {}

  /** Trains on these corrections. */
  Tuned run(SavedModel saved, List<Corrections.Correction> corrections, Job job)
      throws IOException {
    Dataset corrected = corrected(saved, corrections, 1);
    Dataset test = digits.test().take(Math.min(TEST_DIGITS, digits.test().size()));
    int known = Math.min(KNOWN_DIGITS, digits.train().size());
    Dataset training = mixed(saved, corrections, known);
    Normalization normalization = saved.normalization();
    try (Layer network = saved.restore(backend, DType.FLOAT32);
        Optimizer adam = new Adam(network.parameters(), LEARNING_RATE)) {
      job.progress(0, "measuring the network as it is");
      Map<String, Object> numbers = new LinkedHashMap<>();
      numbers.put("corrections", corrections.size());
      numbers.put(
          "corrections_right_before", measured(network, corrected, normalization).correct());
      numbers.put("test_accuracy_before", measured(network, test, normalization).accuracy());
      Trainer.builder(network, adam)
          .quiet()
          .listener(reporting(job))
          .build()
          .fit(
              Batches.shuffled(training, BATCH, Rng.seeded(seed))
                  .normalized(normalization)
                  .augmented(new RandomCrop(1, RandomCrop.Border.ZERO)),
              EPOCHS);
      job.progress(1, "measuring the copy");
      numbers.put("corrections_right_after", measured(network, corrected, normalization).correct());
      numbers.put("test_accuracy_after", measured(network, test, normalization).accuracy());
      numbers.put("test_size", test.size());
      numbers.put("test_data", test.source().name());
      return new Tuned(
          new SavedModel(
              saved.settings(),
              normalization,
              network.stateDict(),
              saved.trainedOn()
                  + " and "
                  + corrections.size()
                  + (corrections.size() == 1 ? " correction" : " corrections")),
          numbers);
    }
  }

  private static Listener reporting(Job job) {
    return new Listener() {
      @Override
      public void onStep(StepRecord step) {
        job.point("loss", (double) step.step(), step.loss());
        job.progress(
            (double) step.step() / step.steps(), "epoch " + step.epoch() + " of " + step.epochs());
      }
    };
  }

  private static Evaluation measured(Layer network, Dataset images, Normalization normalization) {
    return Evaluator.plain()
        .evaluate(network, Batches.inOrder(images, BATCH).normalized(normalization));
  }

  /** Corrections so many times that they are about as many as the digits it knows. */
  private Dataset mixed(SavedModel saved, List<Corrections.Correction> corrections, int known) {
    int repeats = Math.max(1, Math.min(MOST_REPEATS, known / corrections.size()));
    Dataset told = corrected(saved, corrections, repeats);
    int size = DigitNetwork.DIGIT.size();
    float[] pixels = new float[(told.size() + known) * size];
    int[] labels = new int[told.size() + known];
    for (int i = 0; i < labels.length; i++) {
      Dataset from = i < told.size() ? told : digits.train();
      int index = i < told.size() ? i : i - told.size();
      from.copyImage(index, pixels, i * size);
      labels[i] = from.label(index);
    }
    return dataset(saved, pixels, labels);
  }

  private static Dataset corrected(
      SavedModel saved, List<Corrections.Correction> corrections, int repeats) {
    int size = DigitNetwork.DIGIT.size();
    float[] pixels = new float[repeats * corrections.size() * size];
    int[] labels = new int[repeats * corrections.size()];
    for (int i = 0; i < labels.length; i++) {
      Corrections.Correction correction = corrections.get(i % corrections.size());
      System.arraycopy(correction.pixels().floats(), 0, pixels, i * size, size);
      labels[i] = correction.label();
    }
    return dataset(saved, pixels, labels);
  }

  private static Dataset dataset(SavedModel saved, float[] pixels, int[] labels) {
    return Dataset.ofFloats(
        DataSource.embedded("corrections"),
        saved.settings().classNames(),
        DigitNetwork.DIGIT,
        pixels,
        labels);
  }
}
