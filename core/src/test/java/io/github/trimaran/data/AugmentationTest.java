package io.github.trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.Shape;
import io.github.trimaran.data.RandomCrop.Border;
import io.github.trimaran.random.Rng;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentationTest {

  private static final Shape SHAPE = Shape.of(2, 3, 3);

  /** Channel 0 holds 1 to 9, channel 1 holds 11 to 19. */
  private static float[] image() {
    return new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19};
  }

  private static final float[] MIRRORED = {
    3, 2, 1, 6, 5, 4, 9, 8, 7, 13, 12, 11, 16, 15, 14, 19, 18, 17
  };

  @Test
  void flipsHalfOfTheImages() {
    int flipped = 0;
    for (int i = 0; i < 1000; i++) {
      float[] values = applied(Flip.random(), i, 0, i);
      boolean same = Arrays.equals(values, image());
      assertThat(same || Arrays.equals(values, MIRRORED)).isTrue();
      flipped += same ? 0 : 1;
    }
    // Five standard deviations of a fair coin.
    assertThat(flipped).isBetween(420, 580);
  }

  @Test
  void alternatingFlipShowsBothSidesInAnyTwoEpochs() {
    Augmentation flip = Flip.alternating(Rng.seeded(1));
    int flippedFirst = 0;
    for (int i = 0; i < 1000; i++) {
      float[] first = applied(flip, i, 0, 7);
      assertThat(first).isNotEqualTo(applied(flip, i, 1, 7)).isEqualTo(applied(flip, i, 2, 8));
      flippedFirst += Arrays.equals(first, MIRRORED) ? 1 : 0;
    }
    assertThat(flippedFirst).isBetween(420, 580);
  }

  @Test
  void cropsWithZerosAndReflection() {
    Set<String> zero = new HashSet<>();
    Set<String> reflect = new HashSet<>();
    for (int seed = 0; seed < 300; seed++) {
      zero.add(channel(applied(new RandomCrop(1, Border.ZERO), 0, 0, seed)));
      reflect.add(channel(applied(new RandomCrop(1, Border.REFLECT), 0, 0, seed)));
    }
    assertThat(zero)
        .containsExactlyInAnyOrder(
            "[1, 2, 3, 4, 5, 6, 7, 8, 9]",
            "[4, 5, 6, 7, 8, 9, 0, 0, 0]",
            "[0, 0, 0, 1, 2, 3, 4, 5, 6]",
            "[2, 3, 0, 5, 6, 0, 8, 9, 0]",
            "[0, 1, 2, 0, 4, 5, 0, 7, 8]",
            "[5, 6, 0, 8, 9, 0, 0, 0, 0]",
            "[0, 4, 5, 0, 7, 8, 0, 0, 0]",
            "[0, 0, 0, 2, 3, 0, 5, 6, 0]",
            "[0, 0, 0, 0, 1, 2, 0, 4, 5]");
    assertThat(reflect)
        .containsExactlyInAnyOrder(
            "[1, 2, 3, 4, 5, 6, 7, 8, 9]",
            "[4, 5, 6, 7, 8, 9, 4, 5, 6]",
            "[4, 5, 6, 1, 2, 3, 4, 5, 6]",
            "[2, 3, 2, 5, 6, 5, 8, 9, 8]",
            "[2, 1, 2, 5, 4, 5, 8, 7, 8]",
            "[5, 6, 5, 8, 9, 8, 5, 6, 5]",
            "[5, 4, 5, 8, 7, 8, 5, 4, 5]",
            "[5, 6, 5, 2, 3, 2, 5, 6, 5]",
            "[5, 4, 5, 2, 1, 2, 5, 4, 5]");
  }

  @Test
  void channelsMoveTogether() {
    for (int seed = 0; seed < 20; seed++) {
      float[] values = applied(new RandomCrop(2, Border.REFLECT), 0, 0, seed);
      for (int i = 0; i < 9; i++) {
        assertThat(values[9 + i]).isEqualTo(values[i] + 10);
      }
    }
  }

  @Test
  void cutsOutSquaresThatMayLieHalfOutside() {
    Set<Integer> zeros = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      float[] values = applied(new Cutout(2), 0, 0, seed);
      int gone = 0;
      for (int i = 0; i < 9; i++) {
        assertThat(values[i] == 0).isEqualTo(values[9 + i] == 0);
        gone += values[i] == 0 ? 1 : 0;
      }
      zeros.add(gone);
    }
    assertThat(zeros).containsExactlyInAnyOrder(1, 2, 4);
  }

  @Test
  void cutsOutSquaresThatLieWhollyInside() {
    Set<String> places = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      float[] values = applied(Cutout.inside(2), 0, 0, seed);
      places.add(channel(values));
      for (int i = 0; i < 9; i++) {
        assertThat(values[i] == 0).isEqualTo(values[9 + i] == 0);
      }
    }
    assertThat(places)
        .containsExactlyInAnyOrder(
            "[0, 0, 3, 0, 0, 6, 7, 8, 9]",
            "[1, 0, 0, 4, 0, 0, 7, 8, 9]",
            "[1, 2, 3, 0, 0, 6, 0, 0, 9]",
            "[1, 2, 3, 4, 0, 0, 7, 0, 0]");
    assertThat(channel(applied(Cutout.inside(5), 0, 0, 1)))
        .isEqualTo("[0, 0, 0, 0, 0, 0, 0, 0, 0]");
  }

  @Test
  void jittersBrightnessAndContrastAboutTheImagesMean() {
    double lowest = 1;
    double highest = -1;
    for (int seed = 0; seed < 300; seed++) {
      float[] values = applied(new ColorJitter(0.5, 0.2), 0, 0, seed);
      // The mean of 1 to 9 and 11 to 19 is 10: contrast leaves it, brightness moves it.
      double mean = 0;
      for (float value : values) {
        mean += value / 18.0;
      }
      double factor = (values[17] - values[0]) / 18.0;
      for (int i = 0; i < 18; i++) {
        assertThat((double) values[i]).isCloseTo(factor * (image()[i] - 10) + mean, within(1e-5));
      }
      assertThat(factor).isBetween(0.8 - 1e-6, 1.2 + 1e-6);
      lowest = Math.min(lowest, mean - 10);
      highest = Math.max(highest, mean - 10);
    }
    assertThat(lowest).isBetween(-0.5 - 1e-6, -0.45);
    assertThat(highest).isBetween(0.45, 0.5 + 1e-6);
    assertThat(applied(new ColorJitter(0, 0), 0, 0, 1)).containsExactly(image(), within(1e-6f));
  }

  @Test
  void composesInOrder() {
    Augmentation add = (image, rng) -> image.values()[image.offset()] += 1;
    Augmentation twice = (image, rng) -> image.values()[image.offset()] *= 2;
    assertThat(applied(add.then(twice), 0, 0, 0)[0]).isEqualTo(4);
    assertThat(applied(twice.then(add), 0, 0, 0)[0]).isEqualTo(3);
  }

  @Test
  void refusesImpossibleSettings() {
    assertThatThrownBy(() -> applied(new RandomCrop(3, Border.ZERO), 0, 0, 0))
        .hasMessage("random crop: padding 3 is over 2 for images [2, 3, 3]");
    assertThatThrownBy(() -> new RandomCrop(-1, Border.ZERO))
        .hasMessage("random crop: padding must be at least 0, is -1");
    assertThatThrownBy(() -> new Cutout(0)).hasMessage("cutout: size must be at least 1, is 0");
    assertThatThrownBy(() -> new ColorJitter(-1, 0))
        .hasMessage("colour jitter: brightness must be at least 0, is -1.0");
    assertThatThrownBy(() -> new ColorJitter(0, 2))
        .hasMessage("colour jitter: contrast must be 0 to 1, is 2.0");
  }

  /** Works in the middle of a larger array, and checks that its ends stay as they were. */
  private static float[] applied(Augmentation augmentation, int index, int epoch, long seed) {
    float[] values = new float[20];
    System.arraycopy(image(), 0, values, 1, 18);
    values[0] = -1;
    values[19] = -1;
    augmentation.apply(new Augmentation.Image(values, 1, SHAPE, index, epoch), Rng.seeded(seed));
    assertThat(new float[] {values[0], values[19]}).containsExactly(-1, -1);
    return Arrays.copyOfRange(values, 1, 19);
  }

  private static String channel(float[] values) {
    int[] channel = new int[9];
    for (int i = 0; i < 9; i++) {
      channel[i] = (int) values[i];
    }
    return Arrays.toString(channel);
  }
}
