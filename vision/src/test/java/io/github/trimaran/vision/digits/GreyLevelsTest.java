package io.github.trimaran.vision.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class GreyLevelsTest {

  private static BufferedImage picture(int width, int height) {
    return new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
  }

  /** 1025 x 3 pixels are two in one; the last column and the last row have less to take from. */
  @Test
  void largePicturesAreReducedByMeans() {
    BufferedImage large = picture(1025, 3);
    large.setRGB(0, 0, 0xffffff);
    large.setRGB(3, 1, 0xff0000);
    large.setRGB(1024, 2, 0x00ff00);
    Plane levels = GreyLevels.of(large);
    assertThat(levels.width()).isEqualTo(513);
    assertThat(levels.height()).isEqualTo(2);
    assertThat(levels.at(0, 0)).isCloseTo(255 / 4f, within(1e-3f));
    assertThat(levels.at(1, 0)).isCloseTo(0.299f * 255 / 4, within(1e-3f));
    assertThat(levels.at(512, 1)).isCloseTo(0.587f * 255, within(1e-3f));
  }

  /** Each of 56 columns becomes two; between a black and a white one lie a quarter and three. */
  @Test
  void smallPicturesAreEnlarged() {
    BufferedImage small = picture(56, 60);
    small.createGraphics().fillRect(10, 0, 46, 60);
    Plane levels = GreyLevels.of(small);
    assertThat(levels.width()).isEqualTo(112);
    assertThat(levels.height()).isEqualTo(120);
    float[] across = {0, 255 / 4f, 255 * 3 / 4f, 255};
    for (int i = 0; i < across.length; i++) {
      assertThat(levels.at(18 + i, 50)).isCloseTo(across[i], within(1e-3f));
    }
  }

  @Test
  void othersStayAsTheyAre() {
    Plane levels = GreyLevels.of(picture(1023, 200));
    assertThat(levels.width()).isEqualTo(1023);
    assertThat(levels.height()).isEqualTo(200);
  }
}
