package io.github.trimaran.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.random.Rng;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedOrderTest {

  @Test
  void keysCompareAsNumbersDo() {
    double[] ascending = {
      Double.NEGATIVE_INFINITY, -2, -1e-300, 0, 1e-300, 1, Double.POSITIVE_INFINITY, Double.NaN
    };
    long[] keys = Arrays.stream(ascending).mapToLong(SortedOrder::key).toArray();
    assertThat(keys).isSorted().doesNotHaveDuplicates();
    assertThat(SortedOrder.key(-0.0)).isEqualTo(SortedOrder.key(0));
    assertThat(SortedOrder.key(Double.longBitsToDouble(0xfff8000000000001L)))
        .isEqualTo(SortedOrder.key(Double.NaN));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 15, 16, 17, 31, 32, 33, 48, 1000, 4096, 5001})
  void sortsStably(int count) {
    Rng rng = Rng.seeded(count);
    long[] keys = IntStream.range(0, count).mapToLong(i -> rng.nextInt(count / 3 + 1)).toArray();
    int[] expected =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingLong(i -> keys[i]))
            .mapToInt(i -> i)
            .toArray();
    assertThat(SortedOrder.of(keys.clone())).isEqualTo(expected);
  }
}
