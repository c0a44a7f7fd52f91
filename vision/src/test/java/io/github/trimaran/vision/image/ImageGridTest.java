package io.github.trimaran.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

/** Every pixel of a grid is where it belongs. */
class ImageGridTest {

  private static final int WHITE = 0xffffff;

  @Test
  void greyImagesAreSetRowByRow() {
    // Three images of 1 row and 2 columns, two across: the last place stays white.
    float[] values = {0, 1, 0.5f, -3, 7, 0.2f};
    BufferedImage grid = ImageGrid.of(HostArray.of(values, Shape.of(3, 1, 1, 2)), 2, 1);
    assertThat(grid.getWidth()).isEqualTo(2 + 2 + 2 + 2 + 2);
    assertThat(grid.getHeight()).isEqualTo(2 + 1 + 2 + 1 + 2);
    assertThat(rgb(grid, 2, 2)).isZero();
    assertThat(rgb(grid, 3, 2)).isEqualTo(WHITE);
    assertThat(rgb(grid, 6, 2)).isEqualTo(0x808080);
    assertThat(rgb(grid, 7, 2)).isZero();
    assertThat(rgb(grid, 2, 5)).isEqualTo(WHITE);
    assertThat(rgb(grid, 3, 5)).isEqualTo(0x333333);
    assertThat(rgb(grid, 6, 5)).isEqualTo(WHITE);
    assertThat(rgb(grid, 4, 2)).as("the gap").isEqualTo(WHITE);
  }

  @Test
  void coloursAreEnlarged() {
    float[] values = {1, 0, 0, 1, 0, 0.6f};
    BufferedImage grid = ImageGrid.of(HostArray.of(values, Shape.of(1, 3, 1, 2)), 5, 3);
    assertThat(grid.getWidth()).isEqualTo(2 + 6 + 2);
    assertThat(grid.getHeight()).isEqualTo(2 + 3 + 2);
    assertThat(rgb(grid, 2, 2)).isEqualTo(0xff0000);
    assertThat(rgb(grid, 4, 4)).isEqualTo(0xff0000);
    assertThat(rgb(grid, 5, 2)).isEqualTo(0x00ff99);
    assertThat(rgb(grid, 7, 4)).isEqualTo(0x00ff99);
    assertThat(rgb(grid, 8, 4)).isEqualTo(WHITE);
  }

  @Test
  void whatIsNoSetOfImagesIsRefused() {
    HostArray two = HostArray.of(new float[2], Shape.of(1, 2, 1, 1));
    assertThatThrownBy(() -> ImageGrid.of(two, 1, 1)).hasMessageContaining("[1, 2, 1, 1]");
    HostArray one = HostArray.of(new float[1], Shape.of(1, 1, 1, 1));
    assertThatThrownBy(() -> ImageGrid.of(one, 0, 1)).hasMessageContaining("are 0 and 1");
  }

  private static int rgb(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & WHITE;
  }
}
