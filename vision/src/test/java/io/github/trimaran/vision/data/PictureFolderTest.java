package io.github.trimaran.vision.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.DataException;
import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.prediction.PredictionProvider;
import io.github.trimaran.io.json.Json;
import io.github.trimaran.io.weights.ImagePreparation;
import io.github.trimaran.vision.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {

  private static final PicturePreparation SIZE = PicturePreparation.of(2, 2);

  @TempDir Path folder;

  private Path draw(String name, int width, int height, int rgb) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      picture.setRGB(i % width, i / width, rgb);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Pictures.writePng(file, picture);
    return file;
  }

  @Test
  void aClassAFolder() throws IOException {
    draw("dogs/b.png", 4, 2, 0xFF0000);
    draw("dogs/a.PNG", 2, 2, 0x00FF00);
    draw("cats/more/c.png", 3, 9, 0x0000FF);
    draw("cats/.hidden.png", 2, 2, 0);
    Files.writeString(folder.resolve("cats/notes.txt"), "none");
    Files.writeString(folder.resolve("readme.txt"), "none");
    PictureFolder pets = PictureFolder.of(folder, SIZE);
    assertThat(pets.classes()).containsExactly("cats", "dogs");
    assertThat(pets.labels()).containsExactly(0, 1, 1);
    assertThat(pets.file(1)).isEqualTo(folder.resolve("dogs/a.PNG"));
    assertThat(pets.answer().names()).containsExactly("cats", "dogs");
    Batch batch = new DataLoader(pets, 3).workers(2).epoch(0).iterator().next();
    assertThat(batch.target().longs()).containsExactly(0, 1, 1);
    assertThat(batch.input())
        .isEqualTo(
            HostArray.of(
                new float[] {
                  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, // blue
                  0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, // green
                  1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0 // red
                },
                Shape.of(3, 3, 2, 2)));
  }

  @Test
  void whatStandsOutIsCutOffEvenly() {
    // Columns of red 0, 10, 20, ... 50; of 2 rows: the middle two columns are left.
    BufferedImage wide = new BufferedImage(6, 2, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 6; x++) {
      wide.setRGB(x, 0, x * 10 << 16);
      wide.setRGB(x, 1, x * 10 << 16);
    }
    ImagePreparation caffe = ImagePreparation.caffe();
    HostArray input = SIZE.values(caffe).input(wide);
    assertThat(input.shape()).isEqualTo(Shape.of(3, 2, 2));
    assertThat(input.floats())
        .containsExactly(
            -104, -104, -104, -104, -117, -117, -117, -117, 20 - 123, 30 - 123, 20 - 123, 30 - 123);
  }

  @Test
  void aDamagedPictureIsNamed() throws IOException {
    draw("cats/a.png", 2, 2, 0);
    Path damaged = folder.resolve("cats/b.png");
    byte[] whole = Files.readAllBytes(folder.resolve("cats/a.png"));
    Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
    DataLoader loader = new DataLoader(PictureFolder.of(folder, SIZE), 1).workers(1);
    var batches = loader.epoch(0).iterator();
    batches.next();
    assertThatThrownBy(batches::next)
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(DataException.class)
        .hasMessageStartingWith(damaged + ": damaged picture: ")
        .hasMessageEndingWith("; replace or remove it");
    Files.writeString(damaged, "no picture");
    assertThatThrownBy(() -> PictureFolder.of(folder, SIZE).get(1))
        .hasMessage(
            damaged + ": no picture (PNG, JPEG, GIF and BMP are read); replace or remove it");
  }

  @Test
  void emptyClassesAndFoldersAreRefused() throws IOException {
    assertThatThrownBy(() -> PictureFolder.of(folder, SIZE))
        .hasMessage(
            folder + ": has no folders; it should have one for each class, with its pictures");
    Files.createDirectories(folder.resolve("cats"));
    assertThatThrownBy(() -> PictureFolder.of(folder, SIZE))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder.resolve("cats")
                + ": a class without a picture (PNG, JPEG, GIF, BMP); put some in, or remove it");
    assertThatThrownBy(() -> PictureFolder.of(folder.resolve("none"), SIZE))
        .hasMessage(folder.resolve("none") + ": no such folder");
  }

  @Test
  void thePreparationIsSaved() throws IOException {
    PicturePreparation preparation =
        PicturePreparation.of(3, 5).values(ImagePreparation.imageNet());
    String json = Json.write(preparation.toJson());
    var read =
        (PicturePreparation) PredictionProvider.allPreparations().read(Json.parseObject(json));
    assertThat(read.example()).isEqualTo(preparation.example());
    assertThat(read.shape()).isEqualTo(Shape.of(3, 3, 5));
    assertThatThrownBy(() -> PicturePreparation.of(0, 5)).hasMessageContaining("at least 1");
  }
}
