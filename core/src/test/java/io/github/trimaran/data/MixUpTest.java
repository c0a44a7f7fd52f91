package io.github.trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixUpTest {

  private static final int COUNT = 2_000;

  /** As many classes as samples; sample i is {@code [1, i, 2 i]}. */
  private static Batch mixed(double alpha, int count) {
    float[] values = new float[3 * count];
    for (int i = 0; i < count; i++) {
      values[3 * i] = 1;
      values[3 * i + 1] = i;
      values[3 * i + 2] = 2 * i;
    }
    Batch batch =
        Batch.of(
            HostArray.of(values, Shape.of(count, 1, 1, 3)),
            HostArray.of(LongStream.range(0, count).toArray(), Shape.of(count)));
    return new MixUp(alpha).mix(batch, count, Rng.seeded(3));
  }

  @Test
  void sharesSayWhatASampleIsMadeOf() {
    int count = 50;
    Batch batch = mixed(1, count);
    float[] shares = batch.get(Batch.SHARES).floats();
    for (int i = 0; i < count; i++) {
      double sum = 0;
      double made = 0;
      int largest = i;
      for (int k = 0; k < count; k++) {
        float share = shares[i * count + k];
        sum += share;
        made += share * k;
        largest = share > shares[i * count + largest] ? k : largest;
      }
      assertThat(sum).isEqualTo(1, within(1e-6));
      assertThat(batch.input().floats()[3 * i]).isEqualTo(1, within(1e-6f));
      assertThat(batch.input().floats()[3 * i + 1]).isEqualTo((float) made, within(1e-4f));
      assertThat(batch.input().floats()[3 * i + 2]).isEqualTo((float) (2 * made), within(1e-4f));
      assertThat(batch.target().longs()[i]).isEqualTo(largest);
    }
  }

  /** Beta(alpha, alpha) has the mean 1/2 and the variance 1 / (4 (2 alpha + 1)). */
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 1, 3})
  void sharesAreOfTheBetaDistribution(double alpha) {
    float[] shares = mixed(alpha, COUNT).get(Batch.SHARES).floats();
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < COUNT; i++) {
      double share = shares[i * COUNT + i];
      mean += share / COUNT;
      squares += (share - 0.5) * (share - 0.5) / COUNT;
    }
    double variance = 1 / (4 * (2 * alpha + 1));
    assertThat(mean).isEqualTo(0.5, within(4 * Math.sqrt(variance / COUNT)));
    assertThat(squares).isEqualTo(variance, within(0.1 * variance));
  }

  @Test
  void aVerySmallAlphaLeavesSamplesWhole() {
    float[] shares = mixed(1e-6, 100).get(Batch.SHARES).floats();
    for (float share : shares) {
      assertThat(share).isIn(0f, 1f);
    }
  }

  @Test
  void refusesLabelsThatAreNoClasses() {
    HostArray images = HostArray.of(new float[6], Shape.of(2, 1, 1, 3));
    Batch batch = Batch.of(images, HostArray.of(new long[] {2, 0}, Shape.of(2)));
    for (Mixing mixing : new Mixing[] {new MixUp(1), new CutMix(1)}) {
      assertThatThrownBy(() -> mixing.mix(batch, 2, Rng.seeded(4)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith(": label 2 is not from 0 to 1");
    }
  }

  @Test
  void refusesAnAlphaOfNothing() {
    assertThatThrownBy(() -> new MixUp(0)).hasMessage("mixup: alpha must be over 0, is 0.0");
  }
}
