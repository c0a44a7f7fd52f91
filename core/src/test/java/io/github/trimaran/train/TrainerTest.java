package io.github.trimaran.train;

import static io.github.trimaran.train.FixedBatches.always;
import static io.github.trimaran.train.FixedBatches.xor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.DataException;
import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.Samples;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveArray;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.Tanh;
import io.github.trimaran.nn.losses.MSELoss;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.Clipping;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.metrics.F1Score;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TrainerTest {

  private final NaiveBackend backend = new NaiveBackend();

  private Sequential model(Layer... layers) {
    Sequential model = new Sequential(layers);
    model.init(backend, DType.FLOAT64, Rng.seeded(3));
    return model;
  }

  @Test
  void dataThatCannotBeReadIsAnIOException() {
    Sequential model = model(new Linear(2, 2));
    Samples damaged =
        Samples.of(
            4,
            i -> {
              throw new DataException("cars.csv, line 5: has 1 cells");
            });
    Trainer trainer = Trainer.builder(model, new Sgd(model.parameters(), 0.1)).build();
    assertThatThrownBy(() -> trainer.fit(new DataLoader(damaged, 2).workers(1), 1))
        .isInstanceOf(DataException.class)
        .hasMessage("cars.csv, line 5: has 1 cells");
  }

  @Test
  void learnsExclusiveOr() throws IOException {
    Sequential model = model(new Linear(2, 8), new Tanh(), new Linear(8, 2));
    Adam adam = new Adam(model.parameters(), LearningRate.constant(0.05));
    History history = Trainer.builder(model, adam).build().fit(always(xor(), 50), 4);
    assertThat(history.losses()).hasSize(200);
    assertThat(history.losses().get(199)).isLessThan(0.05);
    assertThat(history.last().accuracy()).isEqualTo(1);
    try (Scope scope = Scope.open()) {
      Tensor inputs = Tensor.of(backend, new double[] {0, 0, 0, 1, 1, 0, 1, 1}, 4, 2);
      assertThat(model.forward(inputs).argMax(1).toLongs()).containsExactly(0, 1, 1, 0);
    }
  }

  @Test
  void oneStepIsOneStepOfTheOptimiserOnTheWholeLoss() throws IOException {
    Sequential model = model(new Linear(1, 1));
    Tensor weight = model.parameters().get(0).tensor();
    Tensor bias = model.parameters().get(1).tensor();
    double w = weight.item();
    double b = bias.item();
    Batch batch =
        Batch.of(
            HostArray.of(new float[] {2}, Shape.of(1, 1)),
            HostArray.of(new float[] {5}, Shape.of(1, 1)));
    History history =
        Trainer.builder(
                model,
                new Sgd(model.parameters(), LearningRate.constant(0.01)),
                new Supervised(new MSELoss()))
            .l2(0.5)
            .build()
            .fit(always(batch, 1), 1);
    double error = 2 * w + b - 5;
    assertThat(history.losses().get(0)).isCloseTo(error * error + 0.25 * w * w, within(1e-12));
    assertThat(weight.item()).isCloseTo(w - 0.01 * (2 * error * 2 + 0.5 * w), within(1e-12));
    assertThat(bias.item()).isCloseTo(b - 0.01 * 2 * error, within(1e-12));
    assertThat(history.last().accuracy()).isNaN();
  }

  @Test
  void theLossIsOfTheSharesAndTheAccuracyOfTheTargets() throws IOException {
    Sequential model =
        model(new Linear(1, 2).weightInit(Initializers.zeros()).biasInit(Initializers.zeros()));
    model.parameters().get(1).tensor().assign(Tensor.of(backend, new double[] {Math.log(3), 0}, 2));
    Batch batch =
        Batch.of(
                HostArray.of(new float[] {1, 1}, Shape.of(2, 1)),
                HostArray.of(new long[] {0, 1}, Shape.of(2)))
            .with(
                Batch.SHARES, HostArray.of(new float[] {0.75f, 0.25f, 0.5f, 0.5f}, Shape.of(2, 2)));
    History history =
        Trainer.builder(model, new Sgd(model.parameters(), LearningRate.constant(0.01)))
            .build()
            .fit(always(batch, 1), 1);
    // Both are of the first class with probability 3/4; their mean shares of it are 5/8.
    double expected = -0.625 * Math.log(0.75) - 0.375 * Math.log(0.25);
    assertThat(history.losses().get(0)).isCloseTo(expected, within(1e-12));
    assertThat(history.last().accuracy()).isEqualTo(0.5);
  }

  @Test
  void gradientsAreClipped() throws IOException {
    Sequential model = model(new Linear(2, 2));
    double[] before = model.stateDict().get("0.weight").toDoubles();
    Trainer.builder(model, new Sgd(model.parameters(), LearningRate.constant(1)))
        .clipping(Clipping.gradValue(1e-4))
        .build()
        .fit(always(xor(), 1), 1);
    double[] after = model.stateDict().get("0.weight").toDoubles();
    assertThat(after).isNotEqualTo(before).containsExactly(before, within(1.001e-4));
  }

  @Test
  void frozenPartsAreLeftAloneAndDoNotCountInTheNorm() throws IOException {
    Linear first = new Linear(2, 2);
    Sequential model = model(first, new Linear(2, 2));
    Sequential alone = model(new Linear(2, 2), new Linear(2, 2));
    first.freeze();
    StateDict before = model.stateDict();
    // The regularisation of what is frozen would fill the norm.
    Trainer.builder(model, new Sgd(model.parameters(), 0.1).momentum(0.9).weightDecay(0.1))
        .l2(100)
        .clipping(Clipping.gradNorm(0.1))
        .build()
        .fit(always(xor(), 3), 1);
    Trainer.builder(
            alone, new Sgd(alone.parameters().subList(2, 4), 0.1).momentum(0.9).weightDecay(0.1))
        .l2(100)
        .clipping(Clipping.gradNorm(0.1))
        .build()
        .fit(always(xor(), 3), 1);
    assertThat(model.stateDict().get("0.weight")).isEqualTo(before.get("0.weight"));
    assertThat(model.stateDict().get("1.weight")).isNotEqualTo(before.get("1.weight"));
    assertThat(model.stateDict()).isEqualTo(alone.stateDict());
  }

  @Test
  void liveArraysAreConstantFromStepToStep() throws IOException {
    Sequential model = model(new Linear(2, 8), new Tanh(), new Linear(8, 2));
    List<Long> live = new ArrayList<>();
    Trainer.builder(model, new Adam(model.parameters(), LearningRate.constant(0.05)))
        .validation(always(xor(), 1))
        .l2(0.01)
        .clipping(Clipping.gradNorm(1))
        .listener(
            new Listener() {
              @Override
              public void onStep(StepRecord step) {
                live.add(backend.liveArrays());
              }
            })
        .build()
        .fit(always(xor(), 10), 3);
    assertThat(live).hasSize(30).containsOnly(live.get(0));
  }

  @Test
  void stepsAndEpochsAreTold() throws IOException {
    Sequential model = model(new Linear(2, 2));
    List<StepRecord> steps = new ArrayList<>();
    List<String> events = new ArrayList<>();
    Listener listener =
        new Listener() {
          @Override
          public void onStart(History history) {
            events.add("start");
          }

          @Override
          public void onStep(StepRecord step) {
            steps.add(step);
          }

          @Override
          public void onEpoch(EpochRecord epoch, History history) {
            events.add("epoch " + epoch.epoch() + " after " + epoch.steps());
          }

          @Override
          public void onEnd(History history) {
            events.add("end");
          }
        };
    History history =
        Trainer.builder(model, new Sgd(model.parameters(), LearningRate.linear(1, 0, 6)))
            .listener(listener)
            .listener(new LogListener(2))
            .validation(always(xor(), 1))
            .validateEvery(2)
            .build()
            .fit(always(xor(), 2), 3);
    assertThat(events)
        .containsExactly("start", "epoch 1 after 2", "epoch 2 after 4", "epoch 3 after 6", "end");
    assertThat(steps).extracting(StepRecord::batch).containsExactly(1, 2, 1, 2, 1, 2);
    assertThat(steps.get(3).learningRate()).isCloseTo(0.5, within(1e-12));
    assertThat(steps.get(5).secondsLeft()).isZero();
    assertThat(steps).allMatch(step -> step.samplesPerSecond() > 0);
    assertThat(history.epochs().get(1).loss())
        .isEqualTo((history.losses().get(2) + history.losses().get(3)) / 2);
    assertThat(history.epochs())
        .extracting(EpochRecord::validationLoss)
        .first()
        .isEqualTo(Double.NaN);
    assertThat(history.epochs().get(1).validationLoss()).isFinite();
    assertThat(history.last().validationLoss()).isFinite();
  }

  @Test
  void sameSeedsSameTraining() throws IOException {
    assertThat(new Run().fit(2)).isEqualTo(new Run().fit(2));
    assertThat(new Run(9).fit(2)).isNotEqualTo(new Run().fit(2));
  }

  @Test
  void twoThreadsTrainSideBySide() throws Exception {
    StateDict alone = new Run(1).fit(2);
    StateDict otherAlone = new Run(9).fit(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<StateDict> first = threads.submit(() -> new Run(1).fit(2));
      Future<StateDict> second = threads.submit(() -> new Run(9).fit(2));
      assertThat(first.get()).isEqualTo(alone);
      assertThat(second.get()).isEqualTo(otherAlone);
    } finally {
      threads.shutdown();
    }
  }

  /** A view of a parameter that lives at the update costs a copy, see {@link Tensor#assign}. */
  @Test
  void updatesFindNoViewOfAParameterAlive() throws IOException {
    AtomicInteger copies = new AtomicInteger();
    NaiveBackend backend =
        new NaiveBackend() {
          @Override
          public NaiveArray cast(NaiveArray a, DType dtype) {
            copies.addAndGet(dtype(a) == dtype ? 1 : 0);
            return super.cast(a, dtype);
          }
        };
    Sequential model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 2));
    model.init(backend, DType.FLOAT32, Rng.seeded(1));
    Adam adam = new Adam(model.parameters(), LearningRate.constant(0.01));
    Trainer.builder(model, adam).build().fit(always(xor(), 5), 1);
    assertThat(copies).hasValue(0);
  }

  @Test
  void aDivergingLossIsAnError() {
    Sequential model = model(new Linear(2, 2));
    Trainer trainer =
        Trainer.builder(model, new Sgd(model.parameters(), LearningRate.constant(1e200)))
            .l2(1)
            .build();
    assertThatThrownBy(() -> trainer.fit(always(xor(), 10), 1))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "training: the loss is (NaN|Infinity) at step \\d with learning rate 1.0E200; .*");
  }

  @Test
  void impossibleSettingsAreRefused() {
    Sequential model = model(new Linear(2, 2));
    Sgd sgd = new Sgd(model.parameters(), LearningRate.constant(1));
    assertThatThrownBy(() -> Trainer.builder(model, sgd).keepBest().build())
        .hasMessageContaining("needs validation data");
    assertThatThrownBy(() -> Trainer.builder(model, sgd).metrics(new F1Score()).build())
        .hasMessage("training: metrics need validation data");
    assertThatThrownBy(
            () ->
                Trainer.builder(model, sgd)
                    .validation(always(xor(), 1))
                    .metrics(new F1Score())
                    .judgedBy(new F1Score())
                    .build())
        .hasMessageStartingWith("metrics: 'f1' is there already");
    assertThatThrownBy(() -> Trainer.builder(model, sgd).build().fit(always(xor(), 1), 0))
        .hasMessage("training: epochs must be at least 1, is 0");
    assertThatThrownBy(() -> Trainer.builder(new Sequential(new Linear(1, 1)), sgd))
        .hasMessageContaining("not initialised");
  }
}
