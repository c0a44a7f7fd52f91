package io.github.trimaran.examples.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.Trainer;
import io.github.trimaran.train.prediction.Predictor;
import io.github.trimaran.vision.data.PictureFolder;
import io.github.trimaran.vision.data.PicturePreparation;
import io.github.trimaran.vision.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a folder of pictures of one's own to a saved predictor and its answer takes at most 15
 * lines, as the docs show them.
 */
class OwnPicturesTest {

  @TempDir Path folder;

  private static Classified trainSaveAndAsk(
      Path folder, Path file, Path picture, Backend<?> backend) throws IOException {
    Classified answer;
    // The lines that count.
    PictureFolder pets = PictureFolder.of(folder, PicturePreparation.of(32, 32));
    DataLoader batches = new DataLoader(pets, 20).shuffle(Rng.seeded(1));
    BasicConvNet.Settings sizes = BasicConvNet.Settings.defaults(pets.preparation().shape());
    try (Layer network = new BasicConvNet(sizes.withClasses(pets.classes().size()))) {
      network.init(backend, DType.FLOAT32, Rng.seeded(2));
      try (Adam adam = new Adam(network.parameters(), 1e-3)) {
        Trainer.builder(network, adam).build().fit(batches, 10);
      }
      try (var predictor = Predictor.of(network, pets.preparation(), pets.answer())) {
        predictor.save(file);
      }
    }
    try (Predictor<BufferedImage, Classified> predictor = Predictor.load(file, backend)) {
      answer = predictor.predict(Pictures.read(picture));
    }
    // That is all.
    return answer;
  }

  @Test
  void learnsAndAnswersFromItsFile() throws IOException {
    Rng rng = Rng.seeded(7);
    for (String name : new String[] {"across", "upright"}) {
      Path own = Files.createDirectories(folder.resolve("stripes").resolve(name));
      for (int i = 0; i < 40; i++) {
        Pictures.writePng(own.resolve(i + ".png"), stripes(name.equals("upright"), rng));
      }
    }
    Path file = folder.resolve("stripes.safetensors");
    Path picture = folder.resolve("some.png");
    Backend<?> backend = Backends.get("cpu");
    Pictures.writePng(picture, stripes(true, rng));
    Classified answer = trainSaveAndAsk(folder.resolve("stripes"), file, picture, backend);
    assertThat(answer.label()).isEqualTo("upright");
    try (Predictor<BufferedImage, Classified> predictor = Predictor.load(file, backend)) {
      for (int i = 0; i < 20; i++) {
        boolean upright = i % 2 == 0;
        assertThat(predictor.predict(stripes(upright, rng)).label())
            .isEqualTo(upright ? "upright" : "across");
      }
    }
  }

  /** Wider than high; where the stripes begin and their colours are drawn at random. */
  private static BufferedImage stripes(boolean upright, Rng rng) {
    BufferedImage picture = new BufferedImage(48, 40, BufferedImage.TYPE_INT_RGB);
    int start = rng.nextInt(10);
    int dark = rng.nextInt(0x60) * 0x10101;
    int bright = 0x808080 + rng.nextInt(0x7F) * 0x10101;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        boolean within = ((upright ? x : y) + start) / 5 % 2 == 0;
        picture.setRGB(x, y, within ? bright : dark);
      }
    }
    return picture;
  }

  @Test
  void theDocsShowTheseLines() throws IOException {
    ShownLines.areShown(OwnPicturesTest.class, "transfer.md");
  }
}
