package io.github.trimaran.vision.image;

import io.github.trimaran.io.files.AtomicFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads pictures (PNG, JPEG, GIF, BMP) as 8-bit RGB and writes them as PNG. */
public final class Pictures {

  /** No side may be longer, so that a file of a few bytes cannot ask for gigabytes. */
  public static final int MAX_SIDE = 20_000;

  /** Nor may there be more pixels. */
  public static final int MAX_PIXELS = 60_000_000;

  private static final Set<String> FORMATS = Set.of("PNG", "JPEG", "GIF", "BMP");

  private Pictures() {}

  /**
   * Reads a picture, turned as its EXIF orientation says, on white where it is transparent.
   *
   * @throws PictureException if it is no picture, damaged, or larger than the limits or the memory
   * @throws IOException if it cannot be opened
   */
  public static BufferedImage read(Path file) throws IOException {
    return read(file, Transparency::onWhite);
  }

  /**
   * Reads a picture, turned as its EXIF orientation says, as {@code TYPE_INT_ARGB} where it may be
   * transparent, else as {@code TYPE_INT_RGB}.
   *
   * @throws PictureException if it is no picture, damaged, or larger than the limits or the memory
   * @throws IOException if it cannot be opened
   */
  public static BufferedImage readWithAlpha(Path file) throws IOException {
    return read(file, UnaryOperator.identity());
  }

  /**
   * The same of a picture in memory, such as one that came over a network.
   *
   * @param content of the file
   * @param mostPixels that it may have, whatever {@link #MAX_PIXELS} allows
   * @throws PictureException if it is no picture, damaged, or larger than the limits or the memory
   */
  public static BufferedImage readWithAlpha(byte[] content, int mostPixels)
      throws PictureException {
    return read(content, mostPixels, UnaryOperator.identity());
  }

  /**
   * Reads a picture in memory as {@link #read(Path)} does.
   *
   * @param content of the file
   * @throws PictureException if it is no picture, damaged, or larger than the limits or the memory
   */
  public static BufferedImage read(byte[] content) throws PictureException {
    return read(content, MAX_PIXELS, Transparency::onWhite);
  }

  private static BufferedImage read(
      byte[] content, int mostPixels, UnaryOperator<BufferedImage> finish) throws PictureException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      return read(in, Math.min(mostPixels, MAX_PIXELS), finish);
    } catch (PictureException e) {
      throw e;
    } catch (IOException e) {
      throw new PictureException("damaged picture: " + e.getMessage());
    }
  }

  private static BufferedImage read(Path file, UnaryOperator<BufferedImage> finish)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new PictureException(file, Files.exists(file) ? "not a file" : "no such file");
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      return read(in, MAX_PIXELS, finish);
    } catch (PictureException e) {
      throw new PictureException(file, e.getMessage(), e.getCause());
    } catch (IOException e) {
      throw new PictureException(file, "damaged picture: " + e.getMessage(), e);
    }
  }

  private static BufferedImage read(
      ImageInputStream in, int mostPixels, UnaryOperator<BufferedImage> finish)
      throws PictureException {
    try {
      Orientation orientation = Orientation.of(ExifOrientation.of(in));
      ImageReader reader = reader(in);
      try {
        // Without metadata: nobody asks for it, and it may unpack to any size.
        reader.setInput(in, true, true);
        checkSize(reader.getWidth(0), reader.getHeight(0), mostPixels);
        return decode(reader, p -> finish.apply(orientation.upright(p)));
      } finally {
        reader.dispose();
      }
    } catch (PictureException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The JDK's decoders throw runtime exceptions of many kinds for damaged files.
      throw new PictureException("damaged picture: " + e.getMessage(), e);
    }
  }

  private static ImageReader reader(ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toUpperCase(Locale.ROOT))) {
        return reader;
      }
    }
    throw new PictureException("no picture (PNG, JPEG, GIF and BMP are read)");
  }

  private static BufferedImage decode(ImageReader reader, UnaryOperator<BufferedImage> finish)
      throws IOException {
    try {
      return finish.apply(StraightColours.of(reader.read(0)));
    } catch (OutOfMemoryError e) {
      // One large array that could not be had: there is memory for what follows.
      throw new PictureException(
          "a picture of "
              + reader.getWidth(0)
              + " x "
              + reader.getHeight(0)
              + " pixels does not fit into the memory of "
              + Runtime.getRuntime().maxMemory() / 1_000_000
              + " MB; make it smaller",
          e);
    }
  }

  private static void checkSize(int width, int height, int mostPixels) throws PictureException {
    if (width < 1
        || height < 1
        || Math.max(width, height) > MAX_SIDE
        || (long) width * height > mostPixels) {
      throw new PictureException(
          "a picture of "
              + width
              + " x "
              + height
              + " pixels; at most "
              + MAX_SIDE
              + " a side and "
              + mostPixels / 1_000_000
              + " million in all are read");
    }
  }

  /** Writes a PNG, whole or not at all. */
  public static void writePng(Path file, BufferedImage picture) throws IOException {
    // In memory first: the encoder would keep the reason to itself if the disk is full.
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    if (!ImageIO.write(picture, "png", png)) {
      throw new IOException("cannot write " + file + ": no PNG encoder for this picture");
    }
    AtomicFiles.write(file, png.toByteArray());
  }
}
