package io.github.trimaran.examples.cli;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Loads the classes that a first command needs: {@code ./trimaran} runs this once after a build,
 * and the JVM keeps what it made of them for the starts to come (class data sharing).
 */
final class WarmUp {

  private static final int SIDE = 28;

  private WarmUp() {}

  /**
   * Asks for help, derives a function and reads a digit.
   *
   * @param arguments a folder that takes the results
   */
  public static void main(String[] arguments) throws IOException {
    System.setProperty("java.awt.headless", "true");
    String folder = arguments[0];
    Path picture = Path.of(folder, "digit.png");
    ImageIO.write(one(), "png", picture.toFile());
    PrintWriter unseen = new PrintWriter(Writer.nullWriter());
    int failed =
        Main.run(unseen, unseen, "--help")
            + Main.run(unseen, unseen, "exercise", "30a", "--backend", "cpu", "--out", folder)
            + Main.run(unseen, unseen, "predict", picture.toString(), "--backend", "cpu");
    System.exit(failed);
  }

  /** A one, as a pen on paper. */
  private static BufferedImage one() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, SIDE, SIDE);
    pen.setColor(Color.BLACK);
    pen.fillRect(SIDE / 2 - 1, SIDE / 5, 3, SIDE * 3 / 5);
    pen.dispose();
    return image;
  }
}
