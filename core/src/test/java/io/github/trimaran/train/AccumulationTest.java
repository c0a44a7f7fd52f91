package io.github.trimaran.train;

import static io.github.trimaran.train.FixedBatches.always;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.Tanh;
import io.github.trimaran.optim.Clipping;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several batches make one step. */
class AccumulationTest {

  private final NaiveBackend backend = new NaiveBackend();

  private Sequential model(Layer... layers) {
    Sequential model = new Sequential(layers);
    model.init(backend, DType.FLOAT64, Rng.seeded(3));
    return model;
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
        .fit(new FixedBatches(List.of(batches)), 2);
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
}
