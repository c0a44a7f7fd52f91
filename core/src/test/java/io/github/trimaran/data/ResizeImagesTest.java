package io.github.trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ResizeImagesTest {

  private static Batch images(Shape shape, float... values) {
    return Batch.of(
        HostArray.of(values, shape), HostArray.of(new long[shape.dim(0)], Shape.of(shape.dim(0))));
  }

  private static float[] random(Shape shape) {
    Rng rng = Rng.seeded(7);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rng.nextGaussian();
    }
    return values;
  }

  @Test
  void halvesALineByTheWeightsOfATriangle() {
    TriangleFilter halved = TriangleFilter.between(4, 2);
    // Distances 0.5, 0.5 and 1.5 of a radius of 2: 0.75, 0.75 and 0.25, divided by their sum.
    assertThat(halved.length()).isEqualTo(2);
    assertThat(halved.first(0)).isZero();
    assertThat(halved.weights(0)).containsExactly(new double[] {3 / 7.0, 3 / 7.0, 1 / 7.0}, near());
    assertThat(halved.first(1)).isEqualTo(1);
    assertThat(halved.weights(1)).containsExactly(new double[] {1 / 7.0, 3 / 7.0, 3 / 7.0}, near());
    // (3 * 7 + 3 * 14 + 21) / 7 and (14 + 3 * 21 + 3 * 70) / 7.
    Batch line = new ResizeImages(1, 2).apply(images(Shape.of(1, 1, 1, 4), 7, 14, 21, 70));
    assertThat(line.input().floats()).containsExactly(new float[] {12, 41}, within(1e-5f));
  }

  private static Offset<Double> near() {
    return within(1e-12);
  }

  @Test
  void isTheSumWrittenOut() {
    Shape shape = Shape.of(2, 3, 8, 12);
    float[] values = random(shape);
    HostArray small = new ResizeImages(6, 9).apply(images(shape, values)).input();
    assertThat(small.shape()).isEqualTo(Shape.of(2, 3, 6, 9));
    double scale = 4 / 3.0;
    for (int plane = 0; plane < 6; plane++) {
      for (int y = 0; y < 6; y++) {
        for (int x = 0; x < 9; x++) {
          double sum = 0;
          double weights = 0;
          for (int row = 0; row < 8; row++) {
            for (int column = 0; column < 12; column++) {
              double weight =
                  triangle((row + 0.5) / scale - (y + 0.5))
                      * triangle((column + 0.5) / scale - (x + 0.5));
              sum += weight * values[(plane * 8 + row) * 12 + column];
              weights += weight;
            }
          }
          assertThat((double) small.floats()[(plane * 6 + y) * 9 + x])
              .isCloseTo(sum / weights, within(1e-5));
        }
      }
    }
  }

  private static double triangle(double distance) {
    return Math.max(0, 1 - Math.abs(distance));
  }

  @Test
  void enlargesBetweenNeighbours() {
    Batch larger = new ResizeImages(1, 4).apply(images(Shape.of(1, 1, 1, 2), 0, 4));
    assertThat(larger.input().floats()).containsExactly(0, 1, 3, 4);
  }

  @Test
  void keepsEvenImagesAndEverythingElse() {
    float[] even = new float[5 * 5];
    Arrays.fill(even, 2.5f);
    Batch batch =
        images(Shape.of(1, 1, 5, 5), even).with("mask", HostArray.of(new float[] {1}, Shape.of(1)));
    Batch small = new ResizeImages(3, 4).apply(batch);
    for (float value : small.input().floats()) {
      assertThat(value).isCloseTo(2.5f, within(1e-6f));
    }
    assertThat(small.get("mask")).isEqualTo(batch.get("mask"));
    assertThat(small.target()).isEqualTo(batch.target());
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> new ResizeImages(0, 4)).hasMessageContaining("are 0 and 4");
    assertThatThrownBy(() -> TriangleFilter.between(3, 0)).hasMessageContaining("are 3 and 0");
    Batch rows = images(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    assertThatThrownBy(() -> new ResizeImages(2, 2).apply(rows))
        .hasMessage("resize: images must be [N, C, H, W], are [2, 3]");
  }
}
