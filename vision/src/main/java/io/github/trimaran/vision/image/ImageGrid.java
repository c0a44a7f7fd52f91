package io.github.trimaran.vision.image;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * Many images of one size on one picture, row by row; torchvision's {@code make_grid}.
 *
 * <pre>{@code
 * BufferedImage sheet = ImageGrid.of(samples.toHost(), 10, 2);   // [100, 1, 28, 28], 10 across
 * Pictures.writePng(Path.of("samples.png"), sheet);
 * }</pre>
 */
public final class ImageGrid {

  private static final int GAP = 2;

  private ImageGrid() {}

  /**
   * The picture of images {@code [N, C, H, W]}, grey or of three colours, values from 0 to 1;
   * others are cut off.
   *
   * @param columns how many images are side by side
   * @param zoom how many pixels of the picture a pixel of an image is wide and high
   * @throws IllegalArgumentException if the array has another shape, or a number is not positive
   */
  public static BufferedImage of(HostArray images, int columns, int zoom) {
    Shape shape = images.shape();
    if (shape.rank() != 4 || (shape.dim(1) != 1 && shape.dim(1) != 3) || shape.size() == 0) {
      throw new IllegalArgumentException(
          "image grid: expected images [N, C, H, W] of 1 or 3 channels, is " + shape);
    }
    if (columns < 1 || zoom < 1) {
      throw new IllegalArgumentException(
          "image grid: columns and zoom must be at least 1, are " + columns + " and " + zoom);
    }
    int across = Math.min(columns, shape.dim(0));
    int down = (shape.dim(0) + across - 1) / across;
    int width = zoom * shape.dim(3) + GAP;
    int height = zoom * shape.dim(2) + GAP;
    BufferedImage grid =
        new BufferedImage(across * width + GAP, down * height + GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = grid.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, grid.getWidth(), grid.getHeight());
    for (int i = 0; i < shape.dim(0); i++) {
      int x = GAP + i % across * width;
      int y = GAP + i / across * height;
      graphics.drawImage(image(images, i), x, y, width - GAP, height - GAP, null);
    }
    graphics.dispose();
    return grid;
  }

  private static BufferedImage image(HostArray images, int index) {
    Shape shape = images.shape();
    int channels = shape.dim(1);
    int width = shape.dim(3);
    int plane = shape.dim(2) * width;
    BufferedImage image = new BufferedImage(width, shape.dim(2), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < plane; i++) {
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        int from = (index * channels + channel % channels) * plane;
        rgb = rgb << 8 | Pixels.clipped(255 * images.get(from + i));
      }
      image.setRGB(i % width, i / width, rgb);
    }
    return image;
  }
}
