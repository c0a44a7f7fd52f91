package io.github.trimaran.examples.serve;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Pictures that show no digit. */
final class Pictures {

  private Pictures() {}

  static byte[] white() throws IOException {
    BufferedImage picture = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 10_000; i++) {
      picture.setRGB(i % 100, i / 100, 0xffffff);
    }
    return png(picture);
  }

  static byte[] ofSize(int width, int height) throws IOException {
    return png(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY));
  }

  static byte[] png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    return png.toByteArray();
  }
}
