package io.github.trimaran.examples.gallery;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.DataSource;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.vision.data.PictureFolder;
import io.github.trimaran.vision.image.Pictures;
import io.github.trimaran.vision.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pictures in folders, a class a folder: {@code cat/007.png}. */
final class PictureFiles {

  private PictureFiles() {}

  /** The pictures of a folder with their pixels as they are, in its order; all of one size. */
  static Dataset read(PictureFolder folder, DataSource source) throws IOException {
    int[] labels = folder.labels();
    List<HostArray> all = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      all.add(Pixels.of(Pictures.read(folder.file(i))));
    }
    Shape shape = all.get(0).shape();
    Shape image = Shape.of(shape.dim(1), shape.dim(2), shape.dim(3));
    float[] values = new float[labels.length * image.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) all.get(Math.floorDiv(i, image.size())).get(i % image.size());
    }
    return Dataset.ofFloats(source, folder.classes(), image, values, labels);
  }

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
