package io.github.trimaran.vision.visualize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CanvasTest {

  private static Canvas canvas(int size, double... firstPlane) {
    Canvas canvas = Canvas.noise(size, 0, 0, Rng.seeded(1));
    double[] all = new double[3 * size * size];
    System.arraycopy(firstPlane, 0, all, 0, firstPlane.length);
    double squares = 0;
    for (double value : all) {
      squares += value * value;
    }
    canvas.addNormalised(
        HostArray.of(all, Shape.of(1, 3, size, size)), Math.sqrt(squares / all.length));
    return canvas;
  }

  private static float[] plane(Canvas canvas, int size) {
    return Arrays.copyOf(canvas.toHost().floats(), size * size);
  }

  @Test
  void rollsCyclicallyAndBack() {
    Canvas canvas = canvas(2, 1, 2, 3, 4);
    canvas.roll(1, 0);
    assertThat(plane(canvas, 2)).containsExactly(3, 4, 1, 2);
    canvas.roll(-1, 1);
    assertThat(plane(canvas, 2)).containsExactly(2, 1, 4, 3);
  }

  @Test
  void blurKeepsTheSumAndSpreadsAPoint() {
    double[] point = new double[81];
    point[40] = 100;
    Canvas canvas = canvas(9, point);
    canvas.blur(0.5);
    float[] blurred = plane(canvas, 9);
    // The one-dimensional weights are 1, exp(-2), exp(-8) over their sum.
    double sum = 1 + 2 * Math.exp(-2) + 2 * Math.exp(-8);
    assertThat(blurred[40]).isCloseTo((float) (100 / sum / sum), within(1e-3f));
    assertThat(blurred[41]).isCloseTo((float) (100 * Math.exp(-2) / sum / sum), within(1e-3f));
    assertThat(blurred[49]).isEqualTo(blurred[39], within(1e-4f));
  }

  @Test
  void resizesLinearly() {
    assertThat(plane(canvas(2, 0, 4, 8, 12).resized(4), 4))
        .containsExactly(0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12);
  }

  @Test
  void clips() {
    Canvas canvas = canvas(2, -5, 300, 7, 255);
    canvas.clip();
    assertThat(plane(canvas, 2)).containsExactly(0, 255, 7, 255);
  }
}
