package io.github.trimaran.vision.image;

import io.github.trimaran.io.files.AtomicFiles;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads pictures (PNG, JPEG, GIF, BMP) as 8-bit RGB and writes them as PNG. */
public final class Pictures {

  /** No side may be longer, so that a file of a few bytes cannot ask for gigabytes. */
  public static final int MAX_SIDE = 20_000;

  /** Nor may there be more pixels. */
  public static final int MAX_PIXELS = 60_000_000;

  private Pictures() {}

  /**
   * Reads a picture, turned as its EXIF orientation says, on white where it is transparent.
   *
   * @throws PictureException if it is no picture, damaged, or larger than the limits
   * @throws IOException if it cannot be opened
   */
  public static BufferedImage read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new PictureException(file, Files.exists(file) ? "not a file" : "no such file");
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new PictureException(file, "no picture (PNG, JPEG, GIF and BMP are read)");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, false);
        checkSize(file, reader.getWidth(0), reader.getHeight(0));
        return Orientation.of(file).upright(onWhite(reader.read(0)));
      } finally {
        reader.dispose();
      }
    } catch (PictureException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The JDK's decoders throw runtime exceptions of many kinds for damaged files.
      throw new PictureException(file, "damaged picture: " + e.getMessage(), e);
    }
  }

  private static void checkSize(Path file, int width, int height) throws PictureException {
    if (width < 1
        || height < 1
        || Math.max(width, height) > MAX_SIDE
        || (long) width * height > MAX_PIXELS) {
      throw new PictureException(
          file,
          "a picture of "
              + width
              + " x "
              + height
              + " pixels; at most "
              + MAX_SIDE
              + " a side and "
              + MAX_PIXELS / 1_000_000
              + " million in all are read");
    }
  }

  private static BufferedImage onWhite(BufferedImage decoded) {
    BufferedImage rgb =
        new BufferedImage(decoded.getWidth(), decoded.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = rgb.createGraphics();
    graphics.drawImage(decoded, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return rgb;
  }

  /** Writes a PNG, whole or not at all. */
  public static void writePng(Path file, BufferedImage picture) throws IOException {
    AtomicFiles.write(
        file,
        out -> {
          if (!ImageIO.write(picture, "png", out)) {
            throw new IOException("cannot write " + file + ": no PNG encoder for this picture");
          }
        });
  }
}
