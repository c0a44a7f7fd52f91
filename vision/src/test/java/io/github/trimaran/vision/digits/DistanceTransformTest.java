package io.github.trimaran.vision.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.random.Rng;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class DistanceTransformTest {

  @Test
  void isTheDistanceToTheNearest() {
    int width = 23;
    int height = 17;
    Rng rng = Rng.seeded(1);
    BitSet set = new BitSet();
    for (int i = 0; i < 9; i++) {
      set.set(rng.nextInt(width * height));
    }
    float[] distances = DistanceTransform.of(set, width, height);
    for (int i = 0; i < distances.length; i++) {
      int at = i;
      double nearest =
          set.stream()
              .mapToDouble(j -> Math.hypot(j % width - at % width, j / width - at / width))
              .min()
              .orElseThrow();
      assertThat(distances[i]).as("%d", i).isCloseTo((float) nearest, within(1e-5f));
    }
  }

  @Test
  void isHugeWithoutAny() {
    for (float distance : DistanceTransform.of(new BitSet(), 3, 2)) {
      assertThat(distance).isGreaterThan(1e9f);
    }
  }
}
