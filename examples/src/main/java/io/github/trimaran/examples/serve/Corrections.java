package io.github.trimaran.examples.serve;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.examples.web.HttpProblem;
import io.github.trimaran.io.files.Sha256;
import io.github.trimaran.vision.image.PictureException;
import io.github.trimaran.vision.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Digits that the network got wrong, with what they are: a folder of pictures, a folder a class, as
 * {@link io.github.trimaran.vision.data.PictureFolder} reads them too. A picture goes by its
 * content, so that the same one told twice is there once.
 */
final class Corrections {

  /** As many can be told by clicking, and no more fill a disk. */
  private static final int MOST = 2_000;

  private static final int SIDE = 28;

  private final Path folder;
  private final List<String> classes;

  Corrections(Path folder, List<String> classes) {
    this.folder = folder;
    this.classes = List.copyOf(classes);
  }

  /**
   * A digit and its class.
   *
   * @param pixels {@code [1, 28, 28]} from 0 to 255
   * @param label index of the class
   */
  record Correction(HostArray pixels, int label) {}

  Path folder() {
    return folder;
  }

  /** Keeps a digit. */
  synchronized void add(HostArray pixels, String label) throws HttpProblem {
    if (!classes.contains(label)) {
      throw new HttpProblem(
          HttpProblem.BAD_REQUEST, "'label' must be one of " + String.join(", ", classes));
    }
    try {
      if (count() >= MOST) {
        throw new HttpProblem(
            HttpProblem.CONFLICT, folder + " holds " + MOST + " pictures; move some away");
      }
      byte[] bytes = new byte[SIDE * SIDE];
      BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      for (int i = 0; i < bytes.length; i++) {
        int grey = (int) Math.round(pixels.get(i));
        bytes[i] = (byte) grey;
        picture.getRaster().setSample(i % SIDE, Math.floorDiv(i, SIDE), 0, grey);
      }
      Pictures.writePng(
          folder.resolve(label).resolve(Sha256.of(bytes).substring(0, 16) + ".png"), picture);
    } catch (IOException e) {
      throw new HttpProblem(HttpProblem.FAILED, e.getMessage());
    }
  }

  /** How many there are of each class. */
  synchronized Map<String, Integer> counts() throws HttpProblem {
    Map<String, Integer> counts = new LinkedHashMap<>();
    try {
      for (String label : classes) {
        counts.put(label, files(label).size());
      }
    } catch (IOException e) {
      throw new HttpProblem(HttpProblem.FAILED, "cannot read " + folder + ": " + e.getMessage());
    }
    return counts;
  }

  /** How many there are. */
  int count() throws HttpProblem {
    return counts().values().stream().mapToInt(Integer::intValue).sum();
  }

  private List<Path> files(String label) throws IOException {
    Path place = folder.resolve(label);
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(place)) {
      return all.filter(file -> file.toString().endsWith(".png")).sorted().limit(MOST).toList();
    }
  }

  /** All of them. */
  synchronized List<Correction> read() throws IOException {
    List<Correction> read = new ArrayList<>();
    for (String label : classes) {
      for (Path file : files(label)) {
        BufferedImage picture = Pictures.read(file);
        if (picture.getWidth() != SIDE || picture.getHeight() != SIDE) {
          throw new PictureException(file, "not 28 x 28 pixels, as corrections are");
        }
        byte[] bytes = new byte[SIDE * SIDE];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (picture.getRGB(i % SIDE, Math.floorDiv(i, SIDE)) & 0xff);
        }
        read.add(
            new Correction(PlaneJson.pixels(bytes, DigitNetwork.DIGIT), classes.indexOf(label)));
      }
    }
    return read;
  }
}
