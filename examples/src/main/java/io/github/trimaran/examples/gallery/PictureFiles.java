package io.github.trimaran.examples.gallery;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.Sample;
import io.github.trimaran.data.Samples;
import io.github.trimaran.io.weights.ImagePreparation;
import io.github.trimaran.vision.image.Pictures;
import io.github.trimaran.vision.image.Pixels;
import io.github.trimaran.vision.image.Resize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Pictures in folders, a class a folder: {@code cat/007.png}. */
final class PictureFiles {

  private PictureFiles() {}

  /** Writes the first so many images {@code [3, H, W]} of each class as files. */
  static void write(Dataset images, int perClass, Path folder) throws IOException {
    int[] written = new int[images.classes()];
    for (int i = 0; i < images.size(); i++) {
      int label = images.label(i);
      if (written[label] < perClass) {
        Path place = Files.createDirectories(folder.resolve(images.classNames().get(label)));
        String name = String.format(Locale.ROOT, "%03d.png", written[label]++);
        Shape shape = images.imageShape();
        HostArray pixels = images.image(i).reshape(Shape.of(1, 3, shape.dim(1), shape.dim(2)));
        Pictures.writePng(place.resolve(name), Pixels.toPicture(pixels));
      }
    }
  }

  /**
   * Reads all pictures below a folder, classes in the alphabetical order of their folders.
   *
   * @param side rows and columns that they are brought to
   * @param preparation of their values
   */
  static Samples read(Path folder, int side, ImagePreparation preparation) throws IOException {
    List<Sample> samples = new ArrayList<>();
    List<Path> classes = children(folder);
    for (int label = 0; label < classes.size(); label++) {
      for (Path file : children(classes.get(label))) {
        BufferedImage picture = Resize.to(Pictures.read(file), side, side);
        HostArray input = preparation.apply(Pixels.of(picture)).reshape(Shape.of(3, side, side));
        samples.add(Sample.of(input, label));
      }
    }
    return Samples.of(samples);
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }
}
