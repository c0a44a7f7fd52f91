package io.github.trimaran.examples.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.table.CsvFile;
import io.github.trimaran.data.table.Table;
import io.github.trimaran.data.table.TablePreparation;
import io.github.trimaran.data.table.TableRecipe;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.losses.MSELoss;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.Supervised;
import io.github.trimaran.train.Trainer;
import io.github.trimaran.train.prediction.Predictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a table of one's own to a saved predictor takes at most 15 lines, as the docs show them. */
class OwnTableTest {

  @TempDir Path folder;

  private static void trainAndSave(Path csv, Path file, Backend<?> backend) throws IOException {
    // The lines that count.
    Table houses = CsvFile.of(csv).read();
    TablePreparation preparation = TableRecipe.predicting("price").standardizedTarget().fit(houses);
    DataLoader batches = new DataLoader(preparation.samples(houses), 32).shuffle(Rng.seeded(1));
    try (Layer network =
        new Sequential(new Linear(preparation.width(), 32), new ReLU(), new Linear(32, 1))) {
      network.init(backend, DType.FLOAT32, Rng.seeded(2));
      try (Adam adam = new Adam(network.parameters(), 1e-2)) {
        Trainer.builder(network, adam, new Supervised(new MSELoss())).build().fit(batches, 50);
      }
      try (Predictor<Map<String, ?>, Double> predictor =
          Predictor.of(network, preparation, preparation.numberAnswer())) {
        predictor.save(file);
      }
    }
    // That is all.
  }

  @Test
  void learnsAndAnswersFromItsFile() throws IOException {
    Rng rng = Rng.seeded(7);
    StringBuilder csv = new StringBuilder("area,town,garden,price\n");
    for (int i = 0; i < 300; i++) {
      int area = 50 + rng.nextInt(150);
      String town = rng.nextInt(2) == 0 ? "north" : "south";
      String garden = rng.nextInt(10) == 0 ? "" : Integer.toString(rng.nextInt(500));
      csv.append(String.format("%d,%s,%s,%d%n", area, town, garden, price(area, town)));
    }
    Path table = Files.writeString(folder.resolve("houses.csv"), csv);
    Path file = folder.resolve("houses.safetensors");
    Backend<?> backend = Backends.get("cpu");
    trainAndSave(table, file, backend);
    try (Predictor<Map<String, ?>, Double> prices = Predictor.load(file, backend)) {
      for (String town : List.of("north", "south")) {
        double told = prices.predict(Map.of("area", 120, "town", town, "garden", ""));
        assertThat(told).isBetween(0.9 * price(120, town), 1.1 * price(120, town));
      }
    }
  }

  private static int price(int area, String town) {
    return (town.equals("north") ? 2000 : 3000) * area;
  }

  @Test
  void theDocsShowTheseLines() throws IOException {
    ShownLines.areShown(OwnTableTest.class, "cars.md");
  }
}
