package io.github.trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CutMixTest {

  private static final int COUNT = 400;
  private static final int HEIGHT = 6;
  private static final int WIDTH = 8;

  /**
   * As many classes as images; each pixel is the number of its image, in channel 1 with 1000 more.
   */
  private static Batch mixed(double probability, long seed) {
    Shape shape = Shape.of(COUNT, 2, HEIGHT, WIDTH);
    float[] values = new float[shape.size()];
    int plane = HEIGHT * WIDTH;
    for (int i = 0; i < values.length; i++) {
      values[i] = i / (2 * plane) + i / plane % 2 * 1000;
    }
    Batch batch =
        Batch.of(
            HostArray.of(values, shape),
            HostArray.of(LongStream.range(0, COUNT).toArray(), Shape.of(COUNT)));
    return new CutMix(probability).mix(batch, COUNT, Rng.seeded(seed));
  }

  private static float[] channel(Batch batch, int image, int channel) {
    int plane = HEIGHT * WIDTH;
    int start = (2 * image + channel) * plane;
    return Arrays.copyOfRange(batch.input().floats(), start, start + plane);
  }

  @Test
  void sharesAreTheAreasOfARectangleOfAnotherImage() {
    Batch batch = mixed(1, 1);
    for (int i = 0; i < COUNT; i++) {
      int[] pixels = new int[COUNT];
      int pasted = 0;
      TreeSet<Integer> rows = new TreeSet<>();
      TreeSet<Integer> columns = new TreeSet<>();
      float[] values = channel(batch, i, 0);
      for (int p = 0; p < values.length; p++) {
        pixels[(int) values[p]]++;
        if (values[p] != i) {
          pasted++;
          rows.add(p / WIDTH);
          columns.add(p % WIDTH);
        }
      }
      // As many rows times columns as pixels: a rectangle without holes.
      assertThat(pasted).isEqualTo(rows.size() * columns.size());
      if (pasted > 0) {
        assertThat(rows.last() - rows.first() + 1).isEqualTo(rows.size());
        assertThat(columns.last() - columns.first() + 1).isEqualTo(columns.size());
      }
      assertThat(Arrays.stream(pixels).filter(n -> n > 0).count()).isLessThanOrEqualTo(2);
      for (int k = 0; k < COUNT; k++) {
        assertThat(batch.get(Batch.SHARES).floats()[i * COUNT + k])
            .isEqualTo((float) pixels[k] / (HEIGHT * WIDTH), within(1e-6f));
      }
      int label = (int) batch.target().longs()[i];
      assertThat(pixels[label]).isGreaterThanOrEqualTo(HEIGHT * WIDTH / 2);
    }
  }

  @Test
  void channelsAreCutAlike() {
    Batch batch = mixed(1, 2);
    for (int i = 0; i < COUNT; i++) {
      float[] second = channel(batch, i, 1);
      float[] first = channel(batch, i, 0);
      for (int p = 0; p < first.length; p++) {
        assertThat(second[p]).isEqualTo(first[p] + 1000);
      }
    }
  }

  @Test
  void rectanglesAreOfAllSizesAndPlaces() {
    Batch batch = mixed(1, 3);
    TreeSet<Integer> sizes = new TreeSet<>();
    boolean[] covered = new boolean[HEIGHT * WIDTH];
    for (int i = 0; i < COUNT; i++) {
      float[] values = channel(batch, i, 0);
      int pasted = 0;
      for (int p = 0; p < values.length; p++) {
        pasted += values[p] == i ? 0 : 1;
        covered[p] |= values[p] != i;
      }
      sizes.add(pasted);
    }
    assertThat(sizes.first()).isLessThanOrEqualTo(2);
    // Sides are rounded down, so that some of the image is always left.
    assertThat(sizes.last()).isEqualTo((HEIGHT - 1) * (WIDTH - 1));
    assertThat(covered).doesNotContain(false);
  }

  @Test
  void leavesAsManyImagesAsItsProbabilitySays() {
    Batch batch = mixed(0.5, 4);
    int unchanged = 0;
    for (int i = 0; i < COUNT; i++) {
      unchanged += batch.get(Batch.SHARES).floats()[i * COUNT + i] == 1 ? 1 : 0;
    }
    // Of 400 half by the coin, and of the others those with l over 35/36, whose rectangle has no
    // row: 206 with a standard deviation of 10. Five of them either side.
    assertThat(unchanged).isBetween(156, 256);
    assertThat(mixed(0, 4).target().longs()).containsExactly(LongStream.range(0, COUNT).toArray());
  }

  @Test
  void goesOnWhereItStopped() {
    Batches batches =
        Batches.shuffled(Drawn.floats(20), 6, Rng.seeded(2))
            .normalized(Normalization.none())
            .mixed(new CutMix(1));
    List<float[]> whole = images(batches, 4, 0);
    List<float[]> rest = images(batches, 4, 2);
    assertThat(rest).hasSize(2);
    assertThat(rest.get(0)).isEqualTo(whole.get(2));
    assertThat(rest.get(1)).isEqualTo(whole.get(3));
  }

  private static List<float[]> images(Batches batches, int epoch, int first) {
    List<float[]> all = new ArrayList<>();
    for (Batch batch : batches.epoch(epoch, first)) {
      assertThat(batch.get(Batch.SHARES).shape()).isEqualTo(Shape.of(batch.size(), 2));
      all.add(batch.input().floats().clone());
    }
    return all;
  }

  @Test
  void refusesAnImpossibleProbability() {
    assertThatThrownBy(() -> new CutMix(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cutmix: probability must be 0 to 1, is 1.5");
  }
}
