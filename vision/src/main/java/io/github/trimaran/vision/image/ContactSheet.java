package io.github.trimaran.vision.image;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Map;

/** Several pictures on one, each with its name below. */
public final class ContactSheet {

  private static final int ENLARGED = 192;
  private static final int GAP = 8;
  private static final int LABEL = 20;

  private ContactSheet() {}

  /** A small picture by a whole factor larger, each pixel a square; another as it is. */
  public static BufferedImage enlarged(BufferedImage picture) {
    int factor = Math.max(1, ENLARGED / Math.max(picture.getWidth(), picture.getHeight()));
    BufferedImage large =
        new BufferedImage(
            factor * picture.getWidth(), factor * picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = large.createGraphics();
    graphics.drawImage(picture, 0, 0, large.getWidth(), large.getHeight(), null);
    graphics.dispose();
    return large;
  }

  /** The pictures in the order of the map, about as many across as down. */
  public static BufferedImage of(Map<String, BufferedImage> pictures) {
    int width = 0;
    int height = 0;
    for (BufferedImage picture : pictures.values()) {
      width = Math.max(width, picture.getWidth());
      height = Math.max(height, picture.getHeight());
    }
    int columns = (int) Math.ceil(Math.sqrt(pictures.size()));
    int rows = (pictures.size() + columns - 1) / columns;
    int cellWidth = width + GAP;
    int cellHeight = height + LABEL + GAP;
    BufferedImage sheet =
        new BufferedImage(
            columns * cellWidth + GAP, rows * cellHeight + GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    int i = 0;
    for (Map.Entry<String, BufferedImage> entry : pictures.entrySet()) {
      int x = GAP + i % columns * cellWidth;
      int y = GAP + i / columns * cellHeight;
      graphics.drawImage(entry.getValue(), x, y, null);
      graphics.drawString(entry.getKey(), x, y + height + LABEL - 5);
      i++;
    }
    graphics.dispose();
    return sheet;
  }
}
