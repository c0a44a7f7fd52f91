package io.github.trimaran.train;

import static io.github.trimaran.train.FixedBatches.always;
import static io.github.trimaran.train.FixedBatches.xor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.Tanh;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.optim.ReduceOnPlateau;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.metrics.Metric;
import io.github.trimaran.train.metrics.TopKAccuracy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from validation: the rate, the best model, the end. */
class TrainerValidationTest {

  private final NaiveBackend backend = new NaiveBackend();

  private Sequential model(Layer... layers) {
    Sequential model = new Sequential(layers);
    model.init(backend, DType.FLOAT64, Rng.seeded(3));
    return model;
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
  void keepsTheBestModelAndStopsEarly(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("run.safetensors");
    // The rate grows so much after epoch 2 that the model gets worse.
    Sequential model = model(new Linear(2, 8), new Tanh(), new Linear(8, 2));
    LearningRate rate = step -> step < 200 ? 0.05 : 5;
    Trainer trainer =
        Trainer.builder(model, new Adam(model.parameters(), rate))
            .validation(always(xor(), 1))
            .keepBest()
            .patience(2)
            .checkpoint(file)
            .build();
    History history = trainer.fit(always(xor(), 100), 50);
    assertThat(history.epochs()).hasSizeLessThan(50);
    assertThat(history.bestEpoch()).isEqualTo(history.epochs().size() - 2);
    Evaluation evaluation = Evaluator.plain().evaluate(model, always(xor(), 1));
    assertThat(evaluation.accuracy())
        .isEqualTo(history.epochs().get(history.bestEpoch() - 1).validationAccuracy());
    assertThat(Checkpoint.read(file).best()).contains(model.stateDict());
    assertThat(Checkpoint.read(file).model()).isNotEqualTo(model.stateDict());
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
}
