package io.github.trimaran.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.collective.Collective;
import io.github.trimaran.collective.Ring;
import io.github.trimaran.data.BatchSource;
import io.github.trimaran.data.DataException;
import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.Sample;
import io.github.trimaran.data.Samples;
import io.github.trimaran.data.prediction.ArrayPreparation;
import io.github.trimaran.data.prediction.ClassAnswer;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.BatchNorm1d;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.Listener;
import io.github.trimaran.train.StepRecord;
import io.github.trimaran.train.Trainer;
import io.github.trimaran.train.prediction.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/** Small trainings in float64 on the backend cpu. */
final class Toys {

  private static final Shape IMAGE = Shape.of(1, 6, 6);

  private Toys() {}

  static Layer convNet() {
    return new BasicConvNet(
        BasicConvNet.Settings.defaults(IMAGE).withFilters(3).withFilterSize(3).withHidden(5));
  }

  static Layer normed() {
    return new Sequential(
        new Flatten(), new Linear(36, 6), new BatchNorm1d(6), new ReLU(), new Linear(6, 10));
  }

  static Samples images(int count) {
    Rng rng = Rng.seeded(4);
    float[] pixels = new float[count * IMAGE.size()];
    long[] labels = new long[count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) rng.nextGaussian();
    }
    for (int i = 0; i < count; i++) {
      labels[i] = pixels[i * IMAGE.size()] > 0 ? 1 : 0;
    }
    return Samples.of(
        HostArray.of(pixels, Shape.of(count, 1, 6, 6)), HostArray.of(labels, Shape.of(count)));
  }

  /** The file of a predictor that tells three letters apart, or rather guesses. */
  static Path letters(Path file) throws IOException {
    try (Backend<?> backend = Backends.get("cpu");
        Sequential model = new Sequential(new Flatten(), new Linear(36, 3))) {
      model.init(backend, DType.FLOAT32, Rng.seeded(1));
      Predictor.of(
              model,
              new ArrayPreparation(IMAGE, DType.FLOAT32),
              new ClassAnswer(List.of("a", "b", "c")))
          .save(file);
    }
    return file;
  }

  static BatchSource batches(int count) {
    return new DataLoader(images(count), 8).shuffle(Rng.seeded(2));
  }

  /** All weights and losses in a row after so many epochs. */
  static double[] train(
      Collective worker,
      Layer form,
      BatchSource batches,
      int epochs,
      String checkpoint,
      LongConsumer afterStep)
      throws IOException {
    return train(worker, form, batches, epochs, checkpoint, new Listener() {}, afterStep);
  }

  private static double[] train(
      Collective worker,
      Layer form,
      BatchSource batches,
      int epochs,
      String checkpoint,
      Listener listener,
      LongConsumer afterStep)
      throws IOException {
    try (Backend<?> backend = SparkCores.backend("cpu");
        Layer model = form) {
      model.init(backend, DType.FLOAT64, Rng.seeded(3));
      Trainer.Builder builder =
          Trainer.builder(model, new Sgd(model.parameters(), 0.05).momentum(0.9))
              .quiet()
              .collective(worker)
              .listener(listener)
              .listener(
                  new Listener() {
                    @Override
                    public void onStep(StepRecord step) {
                      afterStep.accept(step.step());
                    }
                  });
      if (checkpoint != null) {
        builder.checkpoint(Path.of(checkpoint), 2);
      }
      Trainer trainer = builder.build();
      if (checkpoint != null && Files.exists(Path.of(checkpoint))) {
        trainer.resume(Path.of(checkpoint));
      }
      trainer.fit(batches, epochs);
      return flat(model.stateDict());
    }
  }

  /** {@link #normed} after four epochs of 21 samples. */
  static double[] trainNormed(Collective worker, String checkpoint, LongConsumer afterStep)
      throws IOException {
    return trainNormed(worker, checkpoint, new Listener() {}, afterStep);
  }

  /** The same with a listener that is told before. */
  static double[] trainNormed(
      Collective worker, String checkpoint, Listener listener, LongConsumer afterStep)
      throws IOException {
    return train(worker, normed(), batches(21), 4, checkpoint, listener, afterStep);
  }

  /** What {@link #trainNormed} gives two workers whom nothing happens to. */
  static double[] undisturbed() throws Exception {
    return ofThreads(worker -> trainNormed(worker, null, step -> {}));
  }

  private static double[] flat(StateDict weights) {
    return weights.arrays().values().stream()
        .flatMapToDouble(array -> Arrays.stream(array.toDoubles()))
        .toArray();
  }

  /** What two workers give that are threads of this process. */
  static double[] ofThreads(SparkWorkers.Work<double[]> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<double[]>> results = new ArrayList<>();
    for (Collective worker : Ring.ofThreads(2)) {
      results.add(threads.submit(() -> work.of(worker)));
    }
    threads.shutdown();
    double[] first = results.get(0).get();
    assertThat(results.get(1).get()).isEqualTo(first);
    return first;
  }

  /** Sample 6 cannot be read. */
  static Sample unreadable(int index) throws IOException {
    if (index == 6) {
      throw new DataException("cars.csv, line 7: has 1 cells");
    }
    return images(8).get(index);
  }
}
