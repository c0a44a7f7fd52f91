package io.github.trimaran.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WeightAverageTest {

  private final Linear model = new Linear(1, 1).withoutBias().weightInit(Initializers.constant(1));

  @BeforeEach
  void init() {
    model.init(Values.BACKEND, DType.FLOAT64, Rng.seeded(1));
  }

  private void set(double value) {
    model.weight().tensor().assign(Tensor.of(Values.BACKEND, new double[] {value}, 1, 1));
  }

  private double value() {
    return model.weight().tensor().item();
  }

  @Test
  void emaIsEvaluatedWhileTrainingGoesOn() {
    Ema ema = new Ema(model, 0.5);
    set(2);
    ema.afterStep(1); // decay 2/11
    set(3);
    ema.afterStep(100); // decay 0.5
    double first = 2.0 / 11 + 9.0 / 11 * 2;
    ema.swap();
    assertThat(value()).isCloseTo(0.5 * first + 1.5, within(1e-15));
    ema.swap();
    assertThat(value()).isEqualTo(3);
    ema.finish();
    assertThat(value()).isCloseTo(0.5 * first + 1.5, within(1e-15));
  }

  @Test
  void lookaheadPullsTheModelBack() {
    Lookahead lookahead = new Lookahead(model, 2, 0.25);
    set(3);
    lookahead.afterStep(1);
    assertThat(value()).isEqualTo(3);
    lookahead.afterStep(2);
    assertThat(value()).isEqualTo(0.25 + 0.75 * 3);
    set(100);
    lookahead.swap();
    assertThat(value()).isEqualTo(100);
    lookahead.finish();
    assertThat(value()).isEqualTo(2.5);
  }

  @Test
  void lookaheadsDecayCanGrow() {
    Lookahead lookahead = Lookahead.growing(model, 5, 10);
    set(2);
    lookahead.afterStep(5);
    double decay = Math.pow(0.95, 5) / 8;
    assertThat(value()).isCloseTo(decay + (1 - decay) * 2, within(1e-15));
  }

  @Test
  void frozenParametersStayAsTheyAre() {
    set(0.1);
    for (WeightAverage average :
        new WeightAverage[] {new Ema(model, 0.7), new Lookahead(model, 1, 0.3)}) {
      set(0.3);
      average.afterStep(1);
      model.freeze();
      double frozen = value();
      average.afterStep(2);
      average.swap();
      assertThat(value()).isEqualTo(frozen);
      average.swap();
      average.finish();
      assertThat(value()).isEqualTo(frozen);
      model.unfreeze();
    }
  }

  @Test
  void whatDoesNotChangeDoesNotDrift() {
    set(0.1);
    Ema ema = new Ema(model, 0.7);
    for (int step = 1; step < 100; step++) {
      ema.afterStep(step);
    }
    assertThat(ema.state().get("weight").get(0)).isEqualTo(0.1);
  }

  @Test
  void averagesAreSavedAndReleased() {
    long before = Values.BACKEND.liveArrays();
    Ema ema = new Ema(model, 0.5);
    set(5);
    ema.afterStep(3);
    StateDict state = ema.state();
    ema.close();
    assertThat(Values.BACKEND.liveArrays()).isEqualTo(before + 1); // what set(5) made
    Ema other = new Ema(model, 0.5);
    other.restore(state);
    assertThat(other.state()).isEqualTo(state);
  }
}
