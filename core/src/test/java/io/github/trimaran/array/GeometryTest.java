package io.github.trimaran.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.random.Rng;
import org.junit.jupiter.api.Test;

/** Output sizes against counting the places of a window one by one. */
class GeometryTest {

  @Test
  void convolutionsHaveAsManyOutputsAsPlaces() {
    Rng rng = Rng.seeded(3);
    for (int n = 0; n < 5000; n++) {
      int extent = rng.nextInt(12);
      int kernel = 1 + rng.nextInt(4);
      int stride = 1 + rng.nextInt(4);
      int dilation = 1 + rng.nextInt(3);
      int before = rng.nextInt(4);
      int after = rng.nextInt(4);
      int places = 0;
      for (int start = -before; start + (kernel - 1) * dilation < extent + after; start += stride) {
        places++;
      }
      Conv2dGeometry rows =
          Conv2dGeometry.unit()
              .withStride(stride, 1)
              .withPadding(before, after, 0, 0)
              .withDilation(dilation, 1);
      Conv2dGeometry columns =
          Conv2dGeometry.unit()
              .withStride(1, stride)
              .withPadding(0, 0, before, after)
              .withDilation(1, dilation);
      assertThat(Math.max(0, rows.outputHeight(extent, kernel))).as("%s", rows).isEqualTo(places);
      assertThat(Math.max(0, columns.outputWidth(extent, kernel))).isEqualTo(places);
    }
  }

  @Test
  void poolsHaveAsManyOutputsAsPlaces() {
    Rng rng = Rng.seeded(4);
    for (int n = 0; n < 5000; n++) {
      int extent = 1 + rng.nextInt(12);
      int kernel = 1 + rng.nextInt(5);
      int stride = 1 + rng.nextInt(4);
      int pad = rng.nextInt(kernel / 2 + 1);
      boolean ceil = rng.nextInt(2) == 0;
      if (extent + 2 * pad < kernel) {
        continue;
      }
      int places = 0;
      for (int start = -pad; start < extent + pad; start += stride) {
        boolean whole = start + kernel <= extent + pad;
        // A last window that does not fit whole counts in ceil mode if it starts before the end.
        boolean cut = ceil && start < extent && start - stride + kernel < extent + pad;
        places += whole || cut ? 1 : 0;
      }
      Pool2dGeometry geometry =
          Pool2dGeometry.of(kernel, stride).withPadding(pad).withCeilMode(ceil);
      assertThat(geometry.outputHeight(extent)).as("%s of %s", geometry, extent).isEqualTo(places);
      assertThat(geometry.outputWidth(extent)).isEqualTo(places);
    }
  }

  @Test
  void convolutionsSayWhatDoesNotFit() {
    Conv2dGeometry unit = Conv2dGeometry.unit();
    assertThatThrownBy(() -> unit.outputShape(Shape.of(50, 4, 32, 32), Shape.of(32, 3, 7, 7)))
        .hasMessage(
            "conv2d: weight expects 3 input channels, input has 4"
                + " (input [50, 4, 32, 32], weight [32, 3, 7, 7])");
    assertThatThrownBy(() -> unit.outputShape(Shape.of(4, 32, 32), Shape.of(32, 4, 7, 7)))
        .hasMessageContaining("input must be [N, C, H, W]");
    assertThatThrownBy(() -> unit.outputShape(Shape.of(1, 4, 6, 6), Shape.of(8, 4, 7, 7)))
        .hasMessageContaining("kernel 7 x 7 is larger than the padded input 6 x 6");
    assertThatThrownBy(
            () -> unit.withGroups(2).outputShape(Shape.of(1, 4, 6, 6), Shape.of(3, 2, 1, 1)))
        .hasMessageContaining("3 filters do not divide into 2 groups");
    assertThatThrownBy(() -> Conv2dGeometry.of(0, 0)).hasMessageContaining("stride");
    assertThatThrownBy(() -> Conv2dGeometry.of(1, -1)).hasMessageContaining("padding");
    assertThatThrownBy(() -> unit.withDilation(0)).hasMessageContaining("dilation");
    assertThatThrownBy(() -> unit.withGroups(0)).hasMessageContaining("groups");
  }

  @Test
  void poolsSayWhatDoesNotFit() {
    Pool2dGeometry pool = Pool2dGeometry.of(3, 2);
    assertThatThrownBy(() -> pool.outputShape(Shape.of(1, 2, 2, 8)))
        .hasMessage(
            "pool2d: window 3 x 3 does not fit the padded input 2 x 8 (input [1, 2, 2, 8])");
    assertThatThrownBy(() -> pool.outputShape(Shape.of(2, 8))).hasMessageContaining("[N, C, H, W]");
    assertThatThrownBy(() -> pool.withPadding(2)).hasMessageContaining("half the window");
    assertThatThrownBy(() -> Pool2dGeometry.of(0, 1)).hasMessageContaining("at least 1");
  }

  @Test
  void numbersNear2To31DoNotOverflow() {
    int most = Integer.MAX_VALUE;
    assertThat(Conv2dGeometry.of(most, 1).outputHeight(5, 3)).isEqualTo(1);
    assertThat(Conv2dGeometry.of(1, most).outputHeight(5, 3)).isEqualTo(most);
    assertThat(Conv2dGeometry.unit().withDilation(most).outputHeight(5, 3)).isLessThan(1);
    assertThat(Pool2dGeometry.of(2, most).outputHeight(5)).isEqualTo(1);
    assertThat(Pool2dGeometry.of(2, most).withCeilMode().outputHeight(5)).isEqualTo(1);
    assertThat(Pool2dGeometry.of(most, 1).outputHeight(5)).isLessThan(1);
    assertThat(Pool2dGeometry.of(most, most).withCeilMode().outputHeight(5)).isEqualTo(1);
    Shape image = Shape.of(1, 2, 5, 5);
    Shape weight = Shape.of(1, 2, 3, 3);
    assertThatThrownBy(() -> Conv2dGeometry.of(1, most).outputShape(image, weight))
        .hasMessage(
            "conv2d: the padded input: more than 2^31 - 1 elements in [1, 2, 4294967299, 4294967299]");
    assertThatThrownBy(() -> Conv2dGeometry.unit().withGroups(1 << 30).outputShape(image, weight))
        .hasMessageStartingWith("conv2d: weight expects 2147483648 input channels, input has 2");
    assertThatThrownBy(() -> Conv2dGeometry.unit().withDilation(most).outputShape(image, weight))
        .hasMessageStartingWith("conv2d: kernel 3 x 3 is larger than the padded input 5 x 5");
    assertThatThrownBy(() -> Pool2dGeometry.of(most, 1).withPadding(1 << 29).outputShape(image))
        .hasMessageStartingWith("pool2d: window 2147483647 x 2147483647 does not fit");
    assertThatThrownBy(() -> Pool2dGeometry.of(1 << 17, 1).withPadding(1 << 16).outputShape(image))
        .hasMessageStartingWith("pool2d: the padded input: more than 2^31 - 1 elements");
  }

  @Test
  void stepsBeyondTheInputAreNoLongerThanIt() {
    int most = Integer.MAX_VALUE;
    Conv2dGeometry huge = new Conv2dGeometry(most, most, 1, 2, 0, 3, most, most, 1);
    assertThat(huge.within(Shape.of(1, 1, 5, 7)))
        .isEqualTo(new Conv2dGeometry(8, 10, 1, 2, 0, 3, 8, 10, 1));
    assertThat(Conv2dGeometry.of(2, 1).within(Shape.of(1, 1, 5, 7)))
        .isEqualTo(Conv2dGeometry.of(2, 1));
  }

  @Test
  void symmetryIsOfBothDirections() {
    assertThat(Conv2dGeometry.of(1, 2).isSymmetric()).isTrue();
    assertThat(Conv2dGeometry.unit().withPadding(1, 2, 0, 0).isSymmetric()).isFalse();
    assertThat(Conv2dGeometry.unit().withPadding(1, 1, 2, 0).isSymmetric()).isFalse();
  }
}
