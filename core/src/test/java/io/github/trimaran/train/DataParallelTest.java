package io.github.trimaran.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.collective.Collective;
import io.github.trimaran.collective.Ring;
import io.github.trimaran.collective.SideBySide;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.BatchSource;
import io.github.trimaran.data.DataException;
import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.Samples;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.BatchNorm1d;
import io.github.trimaran.nn.BatchNorm2d;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.optim.Clipping;
import io.github.trimaran.optim.Ema;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.metrics.AUROC;
import io.github.trimaran.train.metrics.F1Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several workers give what one process gives with the same batches. */
class DataParallelTest {

  private static final Shape IMAGE = Shape.of(1, 4, 4);

  /** What a worker ends with. */
  private record End(StateDict weights, History history) {}

  private static Layer convNet() {
    return new BasicConvNet(
        BasicConvNet.Settings.defaults(IMAGE).withFilters(2).withFilterSize(3).withHidden(4));
  }

  private static Layer normed() {
    return new Sequential(
        new Conv2d(1, 2, 3).padding(1),
        new BatchNorm2d(2),
        new ReLU(),
        new Flatten(),
        new Linear(32, 6),
        new BatchNorm1d(6).cumulativeAverage(),
        new ReLU(),
        new Linear(6, 10));
  }

  /** Images of random numbers and classes 0 and 1 that have something to do with them. */
  private static Samples images(int count, int seed) {
    Rng rng = Rng.seeded(seed);
    float[] pixels = new float[count * IMAGE.size()];
    long[] labels = new long[count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) rng.nextGaussian();
    }
    for (int i = 0; i < count; i++) {
      labels[i] = pixels[i * IMAGE.size()] > 0 ? 1 : 0;
    }
    return Samples.of(
        HostArray.of(pixels, Shape.of(count, 1, 4, 4)), HostArray.of(labels, Shape.of(count)));
  }

  private static DataLoader shuffled(Samples samples, int batch) {
    return new DataLoader(samples, batch).shuffle(Rng.seeded(5));
  }

  private interface Setting {
    Trainer.Builder of(Trainer.Builder builder);
  }

  private static End train(
      Collective worker, Layer form, BatchSource batches, int epochs, Setting more)
      throws IOException {
    NaiveBackend backend = new NaiveBackend();
    try (Layer model = form) {
      model.init(backend, DType.FLOAT64, Rng.seeded(3));
      Sgd sgd = new Sgd(model.parameters(), 0.05).momentum(0.9).weightDecay(0.01);
      History history =
          more.of(Trainer.builder(model, sgd).quiet().collective(worker))
              .build()
              .fit(batches, epochs);
      return new End(model.stateDict(), history);
    }
  }

  private static void assertSame(
      int size, Function<Collective, Layer> net, BatchSource batches, int epochs, Setting more)
      throws Exception {
    End expected = train(Collective.alone(), net.apply(null), batches, epochs, more);
    List<End> ends =
        SideBySide.run(
            Ring.ofThreads(size),
            worker -> train(worker, net.apply(worker), batches, epochs, more));
    for (End end : ends) {
      for (String name : expected.weights().names()) {
        assertThat(end.weights().get(name).toDoubles())
            .as(name)
            .containsExactly(expected.weights().get(name).toDoubles(), within(1e-9));
        assertThat(end.weights().get(name)).isEqualTo(ends.get(0).weights().get(name));
      }
      assertThat(end.history().losses()).hasSameSizeAs(expected.history().losses());
      for (int i = 0; i < end.history().losses().size(); i++) {
        assertThat(end.history().losses().get(i))
            .isCloseTo(expected.history().losses().get(i), within(1e-9));
      }
      EpochRecord last = end.history().last();
      EpochRecord wanted = expected.history().last();
      assertThat(last.accuracy()).isEqualTo(Double.valueOf(wanted.accuracy()));
      assertThat(last.metrics()).isEqualTo(wanted.metrics());
      assertThat(last.validationAccuracy()).isEqualTo(Double.valueOf(wanted.validationAccuracy()));
      assertThat(end.history().bestEpoch()).isEqualTo(expected.history().bestEpoch());
    }
  }

  /** 22 samples in batches of 8 and 6: shards of 4 workers have 1 or 2 samples. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void hundredStepsOfTheCoursesNetwork(int size) throws Exception {
    assertSame(size, w -> convNet(), shuffled(images(22, 1), 8), 34, builder -> builder);
  }

  /** Batches of 8 and 3: one of four workers has no sample of the latter. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void hundredStepsWithBatchNorm(int size) throws Exception {
    assertSame(size, w -> normed(), shuffled(images(19, 2), 8), 34, builder -> builder);
  }

  @Test
  void settingsAreThoseOfOneProcess() throws Exception {
    Samples validation = images(9, 7);
    assertSame(
        3,
        w -> normed(),
        shuffled(images(19, 2), 4),
        4,
        builder ->
            builder
                .l2(0.01)
                .clipping(Clipping.gradNorm(0.3))
                .accumulate(2)
                .validation(new DataLoader(validation, 4))
                .metrics(new AUROC())
                .judgedBy(new F1Score())
                .keepBest()
                .patience(2));
  }

  @Test
  void averagesOfWeightsAreThoseOfOneProcess() throws Exception {
    BatchSource batches = shuffled(images(10, 2), 5);
    NaiveBackend backend = new NaiveBackend();
    StateDict expected = averaged(Collective.alone(), batches, backend);
    for (StateDict end :
        SideBySide.run(
            Ring.ofThreads(2), worker -> averaged(worker, batches, new NaiveBackend()))) {
      for (String name : end.names()) {
        assertThat(end.get(name).toDoubles())
            .containsExactly(expected.get(name).toDoubles(), within(1e-12));
      }
    }
  }

  private static StateDict averaged(Collective worker, BatchSource batches, NaiveBackend backend)
      throws IOException {
    Layer model = normed();
    model.init(backend, DType.FLOAT64, Rng.seeded(3));
    Trainer.builder(model, new Sgd(model.parameters(), 0.1))
        .quiet()
        .average(new Ema(model, 0.9))
        .collective(worker)
        .build()
        .fit(batches, 3);
    return model.stateDict();
  }

  /** The samples of the second half weigh nothing: worker 1 has a loss that is the mean of none. */
  @Test
  void weightsWeighTheSame() throws Exception {
    Samples first = images(4, 3).weighted(1, 2, 3, 0.5);
    Samples second = images(4, 4).weighted(0, 0, 0, 0);
    Samples third = images(6, 5).weighted(0, 1, 0, 0, 2, 0.25);
    assertSame(
        2,
        w -> normed(),
        new DataLoader(first.concat(second).concat(third), 8),
        5,
        builder -> builder);
  }

  @Test
  void goesOnFromACheckpointBitForBit(@TempDir Path folder) throws Exception {
    BatchSource batches = shuffled(images(11, 2), 4);
    List<End> whole = train(Ring.ofThreads(2), batches, 4, null, folder.resolve("a"));
    train(Ring.ofThreads(2), batches, 2, null, folder.resolve("b"));
    List<End> second =
        train(Ring.ofThreads(2), batches, 4, folder.resolve("b"), folder.resolve("c"));
    for (int rank = 0; rank < 2; rank++) {
      assertThat(second.get(rank).weights().arrays()).isEqualTo(whole.get(0).weights().arrays());
      assertThat(second.get(rank).history().losses()).isEqualTo(whole.get(0).history().losses());
    }
    assertThat(Files.list(folder)).hasSize(3);
  }

  private static List<End> train(
      List<Collective> workers, BatchSource batches, int epochs, Path resumed, Path checkpoint)
      throws Exception {
    return SideBySide.run(
        workers,
        worker -> {
          Layer model = normed();
          model.init(new NaiveBackend(), DType.FLOAT64, Rng.seeded(3));
          Trainer trainer =
              Trainer.builder(model, new Sgd(model.parameters(), 0.05).momentum(0.9))
                  .quiet()
                  .collective(worker)
                  .checkpoint(checkpoint)
                  .build();
          if (resumed != null) {
            trainer.resume(resumed);
          }
          History history = trainer.fit(batches, epochs);
          return new End(model.stateDict(), history);
        });
  }

  @Test
  void stopsTogether() throws Exception {
    BatchSource batches = shuffled(images(12, 2), 4);
    List<Integer> steps =
        SideBySide.run(
            Ring.ofThreads(3),
            worker -> {
              Layer model = convNet();
              model.init(new NaiveBackend(), DType.FLOAT64, Rng.seeded(3));
              Trainer.Builder builder =
                  Trainer.builder(model, new Sgd(model.parameters(), 0.05))
                      .quiet()
                      .collective(worker);
              if (worker.rank() == 1) {
                builder.listener(
                    new Listener() {
                      private boolean enough;

                      @Override
                      public void onStep(StepRecord step) {
                        enough = step.step() == 4;
                      }

                      @Override
                      public boolean wantsToStop() {
                        return enough;
                      }
                    });
              }
              return builder.build().fit(batches, 5).losses().size();
            });
    assertThat(steps).containsExactly(5, 5, 5);
  }

  @Test
  void whoBeginsOtherwiseIsRefused() throws Exception {
    List<Future<End>> ends =
        SideBySide.each(
            Ring.ofThreads(2),
            worker ->
                train(worker, convNet(), shuffled(images(8, 1), 4), 3 + worker.rank(), b -> b));
    assertThat(ends)
        .allSatisfy(
            end ->
                assertThatThrownBy(end::get)
                    .hasMessageContaining("training: worker 1 does not begin as worker 0 does"));
  }

  @Test
  void unreadableDataOfOneEndsAll() throws Exception {
    Samples damaged =
        Samples.of(
            8,
            i -> {
              if (i == 6) {
                throw new DataException("cars.csv, line 7: has 1 cells");
              }
              return images(8, 1).get(i);
            });
    List<Future<End>> ends =
        SideBySide.each(
            Ring.ofThreads(2),
            worker -> train(worker, convNet(), new DataLoader(damaged, 8), 1, b -> b));
    assertThatThrownBy(ends.get(0)::get)
        .hasMessageContaining("training: worker 1 of 2 failed: cars.csv, line 7");
    assertThatThrownBy(ends.get(1)::get).hasCauseInstanceOf(DataException.class);
  }

  @Test
  void batchesWithoutALoaderAreTakenApart() throws Exception {
    Batch batch =
        Batch.of(
            HostArray.of(new float[5 * 16], Shape.of(5, 1, 4, 4)),
            HostArray.of(new long[] {0, 1, 0, 1, 1}, Shape.of(5)));
    assertSame(2, w -> convNet(), FixedBatches.always(batch, 3), 2, builder -> builder);
  }
}
