package io.github.trimaran.examples.report.html;

import io.github.trimaran.vision.image.PictureException;
import io.github.trimaran.vision.image.Pictures;
import io.github.trimaran.vision.image.Resize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * Pictures inside the page. They share the bytes there are; one that needs more is made smaller.
 */
final class EmbeddedPictures {

  private static final double SHRINK = 0.8;
  private static final int SMALLEST = 16;

  private int bytes;
  private int left;

  /**
   * For so many pictures.
   *
   * @param bytes that all may take in the page
   * @param count how many there are
   */
  EmbeddedPictures(int bytes, int count) {
    this.bytes = bytes;
    this.left = count;
  }

  /**
   * A figure with the picture, or with the reason why it cannot be shown.
   *
   * @param folder the result lies in
   * @param name that the result gives; only a file right beside it is read
   */
  Html figure(Path folder, String name, String caption) {
    Html html = new Html().open("figure");
    try {
      String address = address(folder, name);
      html.empty("img", "src", address, "alt", caption);
      html.element("figcaption", caption);
    } catch (PictureException e) {
      html.element("figcaption", caption + ": not shown, " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      html.element("figcaption", caption + ": not shown, it cannot be read");
    }
    return html.close();
  }

  /**
   * The picture as an address that holds it.
   *
   * @throws IOException if it cannot be read, does not lie beside the result, or finds no room
   */
  String address(Path folder, String name) throws IOException {
    int share = bytes / Math.max(1, left--);
    Path file = beside(folder, name);
    BufferedImage picture = Pictures.read(file);
    byte[] content = Files.readAllBytes(file);
    boolean png = content.length > 4 && content[0] == (byte) 0x89 && content[1] == 'P';
    String encoded = png ? encoded(content) : encoded(png(picture));
    for (double scale = SHRINK; encoded.length() > share; scale *= SHRINK) {
      int width = (int) (picture.getWidth() * scale);
      int height = (int) (picture.getHeight() * scale);
      if (Math.max(width, height) < SMALLEST) {
        throw new PictureException("there is no room for it");
      }
      encoded = encoded(png(Resize.to(picture, Math.max(1, width), Math.max(1, height))));
    }
    bytes -= encoded.length();
    return encoded;
  }

  /** A result may come from anywhere: it must not fetch other files of this machine. */
  private static Path beside(Path folder, String name) throws IOException {
    Path file = folder.resolve(name).normalize();
    if (!folder.normalize().equals(file.getParent())) {
      throw new PictureException("it does not lie beside the result");
    }
    if (!Files.isRegularFile(file)) {
      throw new PictureException("the file is not there");
    }
    return file;
  }

  private static byte[] png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return bytes.toByteArray();
  }

  private static String encoded(byte[] png) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }
}
