package io.github.trimaran.examples.gallery;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.vision.image.Pictures;
import io.github.trimaran.vision.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

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
}
