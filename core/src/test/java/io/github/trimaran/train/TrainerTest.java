package io.github.trimaran.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.BatchSource;
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
import io.github.trimaran.optim.ReduceOnPlateau;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.metrics.F1Score;
import io.github.trimaran.train.metrics.Metric;
import io.github.trimaran.train.metrics.TopKAccuracy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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

  /** The same batch again and again. */
  private static BatchSource always(Batch batch, int perEpoch) {
    return new BatchSource() {
      @Override
      public int perEpoch() {
        return perEpoch;
      }

      @Override
      public Iterable<Batch> epoch(int epoch, int first) {
        return java.util.Collections.nCopies(perEpoch - first, batch);
      }
    };
  }

  private static Batch xor() {
    return Batch.of(
        HostArray.of(new float[] {0, 0, 0, 1, 1, 0, 1, 1}, Shape.of(4, 2)),
        HostArray.of(new long[] {0, 1, 1, 0}, Shape.of(4)));
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

  private static BatchSource source(List<Batch> batches) {
    return new BatchSource() {
      @Override
      public int perEpoch() {
        return batches.size();
      }

      @Override
      public Iterable<Batch> epoch(int epoch, int first) {
        return batches.subList(first, batches.size());
      }
    };
  }

  /** Rows of random numbers and the class of each, from one row up to before another. */
  private static Batch rows(int from, int to) {
    float[] inputs = new float[3 * (to - from)];
    long[] labels = new long[to - from];
    for (int i = from; i < to; i++) {
      labels[i - from] = i % 4;
      for (int j = 0; j < 3; j++) {
        inputs[3 * (i - from) + j] = (float) Math.sin(7.0 * i + 3.0 * j);
      }
    }
    return Batch.of(
        HostArray.of(inputs, Shape.of(to - from, 3)), HostArray.of(labels, Shape.of(to - from)));
  }

  /** Weights after two epochs of those batches, and what was said of it. */
  private History train(Sequential model, int accumulate, Batch... batches) throws IOException {
    return Trainer.builder(model, new Sgd(model.parameters(), 0.1).momentum(0.9).nesterov())
        .l2(0.01)
        .clipping(Clipping.gradNorm(0.5))
        .accumulate(accumulate)
        .build()
        .fit(source(List.of(batches)), 2);
  }

  @Test
  void accumulatedBatchesAreOneLargeOne() throws IOException {
    Sequential large = model(new Linear(3, 5), new Tanh(), new Linear(5, 4));
    Sequential small = model(new Linear(3, 5), new Tanh(), new Linear(5, 4));
    History expected = train(large, 1, rows(0, 12), rows(12, 19));
    // The last step of an epoch is of what is left over.
    History history =
        train(small, 3, rows(0, 5), rows(5, 8), rows(8, 12), rows(12, 18), rows(18, 19));
    for (String name : large.stateDict().names()) {
      assertThat(small.stateDict().get(name).toDoubles())
          .containsExactly(large.stateDict().get(name).toDoubles(), within(1e-14));
    }
    assertThat(history.losses()).hasSize(4);
    for (int i = 0; i < 4; i++) {
      assertThat(history.losses().get(i)).isCloseTo(expected.losses().get(i), within(1e-14));
    }
    assertThat(history.last().accuracy()).isEqualTo(expected.last().accuracy());
    assertThat(history.last().loss()).isCloseTo(expected.last().loss(), within(1e-14));
    assertThat(history.last().steps()).isEqualTo(4);
  }

  @Test
  void accumulationWeighsBatchesByWhatTheirLossIsTheMeanOf() throws IOException {
    Sequential model = model(new Linear(1, 1).withoutBias().weightInit(Initializers.zeros()));
    Batch batch =
        Batch.of(
            HostArray.of(new float[] {1, 0}, Shape.of(2, 1)),
            HostArray.of(new float[] {1, 0}, Shape.of(2, 1)));
    // Losses -w and -w * 4, as means of 1 and of 3 samples.
    double[] calls = {0};
    Objective<Sequential> objective =
        (net, b, mode) -> {
          double call = calls[0]++;
          Tensor loss = net.forward(b.input(), mode).sum().mul(call == 0 ? -1 : -4);
          return Outcome.of(loss).over(call == 0 ? 1 : 3);
        };
    Trainer.builder(model, new Sgd(model.parameters(), 1), objective)
        .accumulate(2)
        .build()
        .fit(always(batch, 2), 1);
    assertThat(model.stateDict().get("0.weight").toDoubles()).containsExactly((1 + 3 * 4) / 4.0);
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
  void theRateFallsWhenValidationNoLongerGetsBetter() throws IOException {
    Sequential model = model(new Linear(2, 2));
    ReduceOnPlateau plateau = new ReduceOnPlateau(0.1).factor(0.5).patience(1);
    List<Double> rates = new ArrayList<>();
    Trainer.builder(model, new Sgd(model.parameters(), plateau))
        .validation(always(xor(), 1))
        .plateau(plateau, evaluation -> 1)
        .listener(
            new Listener() {
              @Override
              public void onStep(StepRecord step) {
                rates.add(step.learningRate());
              }
            })
        .build()
        .fit(always(xor(), 1), 6);
    assertThat(rates).containsExactly(0.1, 0.1, 0.1, 0.05, 0.05, 0.025);
  }

  @Test
  void theRateIsToldOfTheLossUnlessOfSomethingElse() throws IOException {
    Sequential model = model(new Linear(2, 2));
    ReduceOnPlateau plateau = new ReduceOnPlateau(0.1);
    History history =
        Trainer.builder(model, new Sgd(model.parameters(), plateau))
            .validation(always(xor(), 1))
            .plateau(plateau)
            .build()
            .fit(always(xor(), 1), 1);
    assertThat(plateau.state().get("best").get(0)).isEqualTo(history.last().validationLoss());
    assertThatThrownBy(
            () ->
                Trainer.builder(model, new Sgd(model.parameters(), plateau))
                    .plateau(plateau)
                    .build())
        .hasMessageContaining("on a plateau needs validation data");
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
  void keepsTheBestModelAndStopsEarly() throws IOException {
    // The rate grows so much after epoch 2 that the model gets worse.
    Sequential model = model(new Linear(2, 8), new Tanh(), new Linear(8, 2));
    LearningRate rate = step -> step < 200 ? 0.05 : 5;
    Trainer trainer =
        Trainer.builder(model, new Adam(model.parameters(), rate))
            .validation(always(xor(), 1))
            .keepBest()
            .patience(2)
            .build();
    History history = trainer.fit(always(xor(), 100), 50);
    assertThat(history.epochs()).hasSizeLessThan(50);
    assertThat(history.bestEpoch()).isEqualTo(history.epochs().size() - 2);
    Evaluation evaluation = Evaluator.plain().evaluate(model, always(xor(), 1));
    assertThat(evaluation.accuracy())
        .isEqualTo(history.epochs().get(history.bestEpoch() - 1).validationAccuracy());
  }

  /** Gives 3, 1, 2, 2 and so on, whatever the outputs are. */
  private record Scripted(boolean higherIsBetter, Iterator<Double> values) implements Metric {

    static Scripted of(boolean higherIsBetter) {
      return new Scripted(higherIsBetter, List.of(3.0, 1.0, 2.0, 2.0, 2.0).iterator());
    }

    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public Accumulator start() {
      double next = values.next();
      return new Accumulator() {
        @Override
        public void add(Tensor outputs, Tensor targets, Tensor weights) {}

        @Override
        public double value() {
          return next;
        }
      };
    }
  }

  @Test
  void theBestIsJudgedByAMetric() throws IOException {
    for (boolean higherIsBetter : new boolean[] {true, false}) {
      Sequential model = model(new Linear(2, 2));
      List<StateDict> after = new ArrayList<>();
      Trainer trainer =
          Trainer.builder(model, new Sgd(model.parameters(), LearningRate.constant(0.1)))
              .validation(always(xor(), 1))
              .metrics(new TopKAccuracy(2))
              .judgedBy(Scripted.of(higherIsBetter))
              .keepBest()
              .patience(2)
              .listener(
                  new Listener() {
                    @Override
                    public void onEpoch(EpochRecord epoch, History history) {
                      after.add(model.stateDict());
                    }
                  })
              .build();
      History history = trainer.fit(always(xor(), 3), 5);
      int best = higherIsBetter ? 1 : 2;
      assertThat(history.bestEpoch()).isEqualTo(best);
      assertThat(history.epochs()).hasSize(best + 2);
      assertThat(model.stateDict()).isEqualTo(after.get(best - 1)).isNotEqualTo(after.get(best));
      assertThat(history.epochs().get(1).metrics())
          .containsExactly(Map.entry("top2_accuracy", 1.0), Map.entry("scripted", 1.0));
    }
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
