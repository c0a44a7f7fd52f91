package io.github.trimaran.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.BatchNorm2d;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.LearningRateFinder.Curve;
import io.github.trimaran.train.LearningRateFinder.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningRateFinderTest {

  private final NaiveBackend backend = new NaiveBackend();

  private Layer model() {
    Layer model =
        new Sequential(new Conv2d(1, 2, 3), new BatchNorm2d(2), new Flatten(), new Linear(8, 4));
    model.init(backend, DType.FLOAT32, Rng.seeded(5));
    return model;
  }

  @Test
  void ratesRiseAndTheModelIsPutBack() {
    try (Layer model = model()) {
      StateDict before = model.stateDict();
      long live = backend.liveArrays();
      Curve curve =
          LearningRateFinder.of(model, rate -> new Sgd(model.parameters(), rate))
              .between(1e-3, 1e-1)
              .steps(21)
              .run(new ToyBatches(8, 6, 50));
      assertThat(model.stateDict()).isEqualTo(before);
      assertThat(backend.liveArrays()).isEqualTo(live);
      assertThat(curve.points()).hasSize(21);
      double mean = 0;
      for (int i = 0; i < 21; i++) {
        Point point = curve.points().get(i);
        assertThat(point.rate()).isCloseTo(1e-3 * Math.pow(100, i / 20.0), within(1e-9));
        mean = 0.95 * mean + 0.05 * point.loss();
        assertThat(point.smoothed()).isCloseTo(mean / (1 - Math.pow(0.95, i + 1)), within(1e-12));
      }
      assertThat(curve.suggestion()).isBetween(1e-3, 1e-1);
    }
  }

  @Test
  void theTestEndsWhereTheLossGrows() {
    try (Layer model = model()) {
      StateDict before = model.stateDict();
      Curve curve =
          LearningRateFinder.of(model, rate -> new Sgd(model.parameters(), rate))
              .between(1e-2, 1e9)
              .steps(100)
              .run(new ToyBatches(8, 6, 50));
      assertThat(curve.points()).hasSizeLessThan(100);
      assertThat(model.stateDict()).isEqualTo(before);
    }
  }

  private static Curve curve(double... smoothed) {
    List<Point> points = new ArrayList<>();
    for (double loss : smoothed) {
      points.add(new Point(points.size() + 1, loss, loss));
    }
    return new Curve(points);
  }

  @Test
  void theSuggestionIsWhereTheLossFallsMostSteeply() {
    // Over two steps: 0.5 - 1, 0.4 - 0.95, 0.6 - 0.5.
    assertThat(curve(1, 0.95, 0.5, 0.4, 0.6).suggestion()).isEqualTo(3);
    // What falls behind the least is noise of a training that fails.
    assertThat(curve(1, 0.9, 0.8, 5, 9, 1).suggestion()).isEqualTo(2);
  }

  @Test
  void withoutAFallThereIsNoSuggestion() {
    assertThatThrownBy(() -> curve(1, 2, 3).suggestion())
        .hasMessage("learning-rate finder: the loss never fell; begin with a smaller rate");
    try (Layer model = model()) {
      LearningRateFinder finder =
          LearningRateFinder.of(model, rate -> new Sgd(model.parameters(), rate));
      assertThatThrownBy(() -> finder.between(1, 1))
          .hasMessage("learning-rate finder: rates must rise from above 0, are 1.0 and 1.0");
      assertThatThrownBy(() -> finder.steps(2))
          .hasMessage("learning-rate finder: needs at least 3 steps, is 2");
    }
  }
}
