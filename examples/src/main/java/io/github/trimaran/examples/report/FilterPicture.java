package io.github.trimaran.examples.report;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.io.weights.StateDict;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Optional;

/**
 * Draws all of a convolution's weight {@code w[f, c, i, j]}. Feature f and channel c say which
 * tile, the position (i, j) in the kernel says which pixel of the tile. A layer that sees RGB also
 * gets a row of colour tiles, one a feature, in which the three channels are the pixel's red, green
 * and blue.
 *
 * <p>All tiles of a picture share one scale, so that strong and weak filters can be told apart: 0
 * is mid grey, the largest magnitude in w is black or white.
 */
public final class FilterPicture {

  /** More features or channels than this are cut off, and the picture says so. */
  static final int MOST_TILES = 512;

  private static final int MARGIN = 12;
  private static final int LABELS = 44;
  private static final int TITLE = 64;
  private static final int GAP = 3;
  private static final int LEAST_WIDTH = 620;

  /** About how many pixels the longer side of a picture of many tiles has. */
  private static final int SIDE = 3000;

  /** Features side by side where there are few channels, so that the picture is no ribbon. */
  private static final int BAND = 16;

  private static final Color BACKGROUND = Color.WHITE;
  private static final Color INK = new Color(0x22, 0x22, 0x22);

  private final HostArray weight;
  private final int features;
  private final int channels;
  private final int kernelH;
  private final int kernelW;
  private final int pixel;
  private final int perBand;
  private final boolean colour;
  private final double largest;

  /** That of the first convolution among weights; empty if there is none. */
  public static Optional<BufferedImage> ofFirst(StateDict weights) {
    for (String name : weights.names()) {
      if (name.endsWith(".weight") && weights.get(name).shape().rank() == 4) {
        String layer = name.substring(0, name.length() - ".weight".length());
        return Optional.of(draw(layer, weights.get(name)));
      }
    }
    return Optional.empty();
  }

  private FilterPicture(HostArray weight) {
    this.weight = weight;
    this.features = Math.min(weight.shape().dim(0), MOST_TILES);
    this.channels = Math.min(weight.shape().dim(1), MOST_TILES);
    this.kernelH = weight.shape().dim(2);
    this.kernelW = weight.shape().dim(3);
    int tile = Math.min(42, SIDE / Math.max(features, channels) - GAP);
    this.pixel = Math.max(1, tile / Math.max(kernelH, kernelW));
    this.perBand = channels > 4 ? features : Math.min(features, BAND);
    this.colour = weight.shape().dim(1) == 3;
    this.largest = largestMagnitude(weight);
  }

  /**
   * Draws a weight.
   *
   * @param name of the layer, for the title
   * @param weight {@code [F, C, KH, KW]}, float32 or float64
   * @throws IllegalArgumentException if it is not the weight of a convolution
   */
  public static BufferedImage draw(String name, HostArray weight) {
    if (weight.shape().rank() != 4 || weight.shape().isEmpty() || !weight.dtype().isFloating()) {
      throw new IllegalArgumentException(
          "filters: "
              + name
              + " must be the weight [F, C, KH, KW] of a convolution, is "
              + weight.dtype()
              + " "
              + weight.shape());
    }
    return new FilterPicture(weight).draw(name);
  }

  private BufferedImage draw(String name) {
    int bands = (features + perBand - 1) / perBand;
    int width = 2 * MARGIN + LABELS + perBand * (tileWidth() + GAP);
    int height = TITLE + bands * bandHeight() + MARGIN;
    BufferedImage image =
        new BufferedImage(Math.max(width, LEAST_WIDTH), height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(BACKGROUND);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    title(graphics, name);
    for (int band = 0; band < bands; band++) {
      int from = band * perBand;
      drawBand(
          image, graphics, from, Math.min(features, from + perBand), TITLE + band * bandHeight());
    }
    graphics.dispose();
    return image;
  }

  private int bandHeight() {
    int rows = channels + (colour ? 1 : 0);
    return LABELS / 2 + rows * (tileHeight() + GAP) + (colour ? 2 * GAP : 0) + GAP;
  }

  private void drawBand(BufferedImage image, Graphics2D graphics, int from, int to, int top) {
    featureLabels(graphics, from, to, top);
    int y = top + LABELS / 2;
    if (colour) {
      rowLabel(graphics, "RGB", y);
      for (int f = from; f < to; f++) {
        colourTile(image, f, left(f - from), y);
      }
      y += tileHeight() + 3 * GAP;
    }
    for (int c = 0; c < channels; c++) {
      rowLabel(graphics, "c = " + c, y);
      for (int f = from; f < to; f++) {
        greyTile(image, f, c, left(f - from), y);
      }
      y += tileHeight() + GAP;
    }
  }

  private void title(Graphics2D graphics, String name) {
    graphics.setColor(INK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
    graphics.drawString(name + "  w[f, c, i, j]  " + weight.shape() + shown(), MARGIN, 20);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    graphics.drawString(
        String.format(
            Locale.ROOT,
            "across: feature f; down: channel c; in a tile: row i, column j. Grey is 0, black -%.3g,"
                + " white +%.3g",
            largest,
            largest),
        MARGIN,
        38);
  }

  private String shown() {
    return features < weight.shape().dim(0) || channels < weight.shape().dim(1)
        ? ", the first " + features + " features and " + channels + " channels"
        : "";
  }

  private void featureLabels(Graphics2D graphics, int from, int to, int top) {
    int baseline = top + LABELS / 2 - 5;
    int widest = graphics.getFontMetrics().stringWidth(Integer.toString(features - 1)) + 4;
    int every = Math.max(1, (widest + tileWidth() + GAP - 1) / (tileWidth() + GAP));
    graphics.drawString("f =", MARGIN, baseline);
    for (int f = from; f < to; f += every) {
      graphics.drawString(Integer.toString(f), left(f - from), baseline);
    }
  }

  private void rowLabel(Graphics2D graphics, String label, int top) {
    int middle = top + (tileHeight() + graphics.getFontMetrics().getAscent()) / 2 - 1;
    graphics.drawString(label, MARGIN, middle);
  }

  private int left(int column) {
    return MARGIN + LABELS + column * (tileWidth() + GAP);
  }

  private int tileWidth() {
    return kernelW * pixel;
  }

  private int tileHeight() {
    return kernelH * pixel;
  }

  private void colourTile(BufferedImage image, int f, int x, int y) {
    for (int i = 0; i < kernelH; i++) {
      for (int j = 0; j < kernelW; j++) {
        int rgb = level(f, 0, i, j) << 16 | level(f, 1, i, j) << 8 | level(f, 2, i, j);
        fill(image, x + j * pixel, y + i * pixel, rgb);
      }
    }
  }

  private void greyTile(BufferedImage image, int f, int c, int x, int y) {
    for (int i = 0; i < kernelH; i++) {
      for (int j = 0; j < kernelW; j++) {
        int level = level(f, c, i, j);
        fill(image, x + j * pixel, y + i * pixel, level << 16 | level << 8 | level);
      }
    }
  }

  private void fill(BufferedImage image, int x, int y, int rgb) {
    for (int dy = 0; dy < pixel; dy++) {
      for (int dx = 0; dx < pixel; dx++) {
        image.setRGB(x + dx, y + dy, rgb);
      }
    }
  }

  /** From -largest..largest to 0..255. */
  private int level(int f, int c, int i, int j) {
    int index = ((f * weight.shape().dim(1) + c) * kernelH + i) * kernelW + j;
    return (int) Math.round(127.5 + 127.5 * weight.get(index) / largest);
  }

  private static double largestMagnitude(HostArray weight) {
    double largest = 0;
    for (double value : weight.to(DType.FLOAT64).doubles()) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("filters: the weight has values that are not finite");
      }
      largest = Math.max(largest, Math.abs(value));
    }
    return largest == 0 ? 1 : largest;
  }
}
