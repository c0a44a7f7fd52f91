package io.github.trimaran.examples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.collective.Collective;
import io.github.trimaran.collective.Ring;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.data.embedded.EmbeddedImages;
import io.github.trimaran.nn.AvgPool2d;
import io.github.trimaran.nn.BatchNorm2d;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.GELU;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.optim.Muon;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.optim.OptimizerGroup;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.History;
import io.github.trimaran.train.Supervised;
import io.github.trimaran.train.Trainer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Workers that train side by side by the record's recipe find what one process finds in 20 steps:
 * the recipe itself in double precision; in single precision what it is made of but for the largest
 * of neighbours. Which of two equal ones that is depends on the last bit, and with it where the
 * gradient goes.
 */
@Tag("one-jdk")
class WorkersOfTheRecordTest {

  private static final int BATCH = 16;
  private static final int STEPS = 20;
  private static final Dataset IMAGES = EmbeddedImages.trainTest(STEPS * BATCH, 1).train();
  private static final Recipe RECIPE = Recipe.of(Networks.RECORD);
  private static final Experiment EXPERIMENT = RECIPE.experiment().orElseThrow().batchSize(BATCH);

  /** Losses of all steps, then all weights. */
  private static double[] train(
      Collective worker, DType dtype, Supplier<Layer> form, Function<Layer, Optimizer> by)
      throws IOException {
    Batches batches =
        EXPERIMENT
            .augmentation()
            .apply(
                Batches.shuffled(IMAGES, BATCH, Rng.seeded(1))
                    .normalized(Normalization.perChannel(IMAGES)),
                Rng.seeded(2));
    try (Backend<?> backend = Backends.get("cpu", BackendOptions.defaults().withThreads(1));
        Layer model = form.get()) {
      model.init(backend, dtype, Rng.seeded(3));
      try (Optimizer optimizer = by.apply(model)) {
        History history =
            Trainer.builder(model, optimizer, new Supervised(RECIPE.loss()))
                .quiet()
                .collective(worker)
                .build()
                .fit(batches, 1);
        DoubleStream weights =
            model.stateDict().arrays().values().stream()
                .flatMapToDouble(array -> Arrays.stream(array.toDoubles()));
        return DoubleStream.concat(
                history.losses().stream().mapToDouble(Double::doubleValue), weights)
            .toArray();
      }
    }
  }

  private static void assertSame(
      int size, DType dtype, double near, Supplier<Layer> form, Function<Layer, Optimizer> by)
      throws Exception {
    double[] expected = train(Collective.alone(), dtype, form, by);
    assertThat(Math.abs(expected[STEPS - 1] - expected[0])).isGreaterThan(0.01);
    ExecutorService threads = Executors.newFixedThreadPool(size);
    List<Future<double[]>> ends =
        Ring.ofThreads(size).stream()
            .map(worker -> threads.submit(() -> train(worker, dtype, form, by)))
            .toList();
    threads.shutdown();
    for (Future<double[]> end : ends) {
      assertThat(end.get()).containsExactly(expected, within(near));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void theRecipeInDoublePrecision(int size) throws Exception {
    assertSame(
        size,
        DType.FLOAT64,
        1e-9,
        () -> RECIPE.proxy(EXPERIMENT.network(), IMAGES, Normalization.perChannel(IMAGES)),
        model -> RECIPE.optimizer(EXPERIMENT, model, 100));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void itsPartsInSinglePrecision(int size) throws Exception {
    assertSame(
        size,
        DType.FLOAT32,
        1e-4,
        () ->
            new Sequential(
                new Conv2d(3, 16, 3).padding(1),
                new AvgPool2d(2),
                new BatchNorm2d(16),
                new GELU(),
                new Conv2d(16, 16, 3).padding(1),
                new BatchNorm2d(16),
                new GELU(),
                new AvgPool2d(4),
                new Flatten(),
                new Linear(256, 10)),
        model -> {
          List<Parameter> all = model.parameters();
          return new OptimizerGroup(
              new Muon(all.stream().filter(p -> p.tensor().shape().rank() == 4).toList(), 0.085)
                  .momentum(0.6)
                  .normalizingWeights(),
              new Sgd(all.stream().filter(p -> p.tensor().shape().rank() < 4).toList(), 0.2)
                  .momentum(0.85)
                  .nesterov());
        });
  }
}
