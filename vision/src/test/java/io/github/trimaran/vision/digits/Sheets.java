package io.github.trimaran.vision.digits;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;

/** Pictures of a seven drawn with straight strokes, on paper that each test makes worse. */
final class Sheets {

  static final int WIDTH = 320;
  static final int HEIGHT = 240;

  private static final int PAPER = 0xe8e6e0;
  private static final int INK = 0x20306a;

  private Sheets() {}

  /** Plain paper, changed before and after the seven is drawn on it. */
  static BufferedImage seven(Consumer<Graphics2D> below, Consumer<Graphics2D> above) {
    return sheet(
        graphics -> {
          below.accept(graphics);
          graphics.setColor(new Color(INK));
          graphics.setStroke(new BasicStroke(12, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
          Path2D seven = new Path2D.Double();
          seven.moveTo(120, 70);
          seven.lineTo(195, 66);
          seven.lineTo(150, 175);
          graphics.draw(seven);
          above.accept(graphics);
        });
  }

  /** Paper without a digit. */
  static BufferedImage sheet(Consumer<Graphics2D> drawing) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(new Color(PAPER));
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    drawing.accept(graphics);
    graphics.dispose();
    return picture;
  }

  /** Each pixel darkened to a share that depends on its place. */
  static BufferedImage shaded(BufferedImage picture, Shade shade) {
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int rgb = picture.getRGB(x, y);
        double light = shade.at(x, y);
        int shaded = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
          shaded |= (int) Math.round(light * (rgb >> shift & 255)) << shift;
        }
        picture.setRGB(x, y, shaded);
      }
    }
    return picture;
  }

  /** Dark for light. */
  static BufferedImage negative(BufferedImage picture) {
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      picture.setRGB(i % WIDTH, i / WIDTH, ~picture.getRGB(i % WIDTH, i / WIDTH));
    }
    return picture;
  }

  /** A share of the light, from 0 to 1. */
  @FunctionalInterface
  interface Shade {
    double at(int x, int y);
  }
}
