package io.github.trimaran.examples.serve;

import io.github.trimaran.data.catalog.DataFolder;
import io.github.trimaran.examples.web.HttpProblem;
import io.github.trimaran.examples.web.JsonBody;
import io.github.trimaran.vision.image.DrawnPictures;
import io.github.trimaran.vision.image.PictureException;
import io.github.trimaran.vision.image.Pictures;
import io.github.trimaran.vision.image.Resize;
import io.github.trimaran.vision.image.Transparency;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Pictures to choose from by name: those that the program draws, and those in the folder {@code
 * images} of the data folder, as it was when the server started. Nobody names a path.
 */
final class PictureShelf {

  /** What the program draws: one to keep, one to learn from. */
  static final String CONTENT = "landscape";

  static final String STYLE = "strokes";

  /** Longer sides are not needed by anything that is made of them. */
  static final int MOST_SIDE = 512;

  private static final int SHOWN_SIDE = 320;
  private static final int MOST_FILES = 50;

  /** Pages make pictures smaller before they send them. */
  private static final int MOST_PIXELS = 4_000_000;

  private final Map<String, Path> files = new TreeMap<>();
  private final Map<String, byte[]> shown = new ConcurrentHashMap<>();

  PictureShelf(DataFolder data) throws IOException {
    Path folder = data.root().resolve("images");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        all.filter(Files::isRegularFile)
            .filter(file -> file.toString().matches("(?i).*[.](png|jpe?g|gif|bmp)"))
            .sorted()
            .limit(MOST_FILES)
            .forEach(file -> files.put(name(file), file));
      }
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceFirst("[.][^.]*$", "").replaceAll("[^\\w-]", "-");
  }

  /** What there is, those that the program draws first. */
  List<String> names() {
    return Stream.concat(
            Stream.of(CONTENT, STYLE),
            files.keySet().stream().filter(name -> !name.equals(CONTENT) && !name.equals(STYLE)))
        .toList();
  }

  /** As PNG, as large as a page shows it. */
  byte[] shown(String name) throws HttpProblem {
    byte[] before = shown.get(name);
    if (before != null) {
      return before;
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(Resize.longerSide(named(name), SHOWN_SIDE), "png", png);
    } catch (IOException e) {
      throw new HttpProblem(HttpProblem.FAILED, "cannot write the picture: " + e.getMessage());
    }
    // There are only so many names that lead here.
    shown.put(name, png.toByteArray());
    return png.toByteArray();
  }

  /**
   * The picture that a request chose: its field {@code NAME} is a name of this shelf, or {@code
   * NAME_picture} the picture itself.
   */
  BufferedImage chosen(JsonBody body, String field, String otherwise) throws HttpProblem {
    byte[] own = body.bytes(field + "_picture").orElse(null);
    if (own == null) {
      return limited(named(body.text(field, otherwise)));
    }
    try {
      return limited(Transparency.onWhite(Pictures.readWithAlpha(own, MOST_PIXELS)));
    } catch (PictureException e) {
      throw new HttpProblem(HttpProblem.UNUSABLE, "'" + field + "_picture': " + e.getMessage());
    }
  }

  private static BufferedImage limited(BufferedImage picture) {
    return Math.max(picture.getWidth(), picture.getHeight()) > MOST_SIDE
        ? Resize.longerSide(picture, MOST_SIDE)
        : picture;
  }

  private BufferedImage named(String name) throws HttpProblem {
    if (name.equals(CONTENT)) {
      return DrawnPictures.landscape();
    }
    if (name.equals(STYLE)) {
      return DrawnPictures.strokes();
    }
    Path file = files.get(name);
    if (file == null) {
      throw new HttpProblem(
          HttpProblem.NOT_FOUND,
          "there is no picture '" + name + "'; there are " + String.join(", ", names()));
    }
    try {
      return Pictures.read(file);
    } catch (IOException e) {
      throw new HttpProblem(HttpProblem.UNUSABLE, e.getMessage());
    }
  }
}
