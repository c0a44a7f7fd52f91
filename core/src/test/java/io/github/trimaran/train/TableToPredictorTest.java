package io.github.trimaran.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.RealData;
import io.github.trimaran.data.table.CsvFile;
import io.github.trimaran.data.table.Table;
import io.github.trimaran.data.table.TablePreparation;
import io.github.trimaran.data.table.TableRecipe;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.losses.MSELoss;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.prediction.Predictor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a table of one's own to a saved predictor, in at most 15 lines. */
class TableToPredictorTest {

  @Test
  void cars(@TempDir Path folder) throws Exception {
    Path csv = RealData.require("tables/mpg.csv");
    Path file = folder.resolve("cars.st");
    Backend<?> backend = new NaiveBackend();

    Table cars = CsvFile.of(csv).read();
    List<Table> parts = cars.split(Rng.seeded(1), 0.8, 0.2);
    TablePreparation preparation =
        TableRecipe.predicting("mpg").without("name").standardizedTarget().fit(parts.get(0));
    Layer model =
        new Sequential(new Linear(preparation.width(), 16), new ReLU(), new Linear(16, 1));
    model.init(backend, DType.FLOAT32, Rng.seeded(2));
    DataLoader train = new DataLoader(preparation.samples(parts.get(0)), 32).shuffle(Rng.seeded(3));
    DataLoader test = new DataLoader(preparation.samples(parts.get(1)), 80);
    Trainer.builder(model, new Adam(model.parameters(), 1e-2), new Supervised(new MSELoss()))
        .validation(test)
        .keepBest()
        .build()
        .fit(train, 20);
    try (var predictor = Predictor.of(model, preparation, preparation.numberAnswer())) {
      predictor.save(file);
    }

    double[] expected = parts.get(1).numbers("mpg");
    double mean = Arrays.stream(expected).average().orElseThrow();
    double squares = 0;
    double variance = 0;
    try (Predictor<Map<String, ?>, Double> loaded = Predictor.load(file, backend)) {
      for (int i = 0; i < expected.length; i++) {
        Map<String, Object> row = new HashMap<>();
        for (int c = 0; c < cars.columns().size(); c++) {
          row.put(cars.columns().get(c), parts.get(1).row(i).cells().get(c));
        }
        squares += Math.pow(loaded.predict(row) - expected[i], 2);
        variance += Math.pow(expected[i] - mean, 2);
      }
    }
    // Evaluated in another unit and another way, but the same model: R squared is high.
    assertThat(1 - squares / variance).isCloseTo(0.9, within(0.1));
  }
}
