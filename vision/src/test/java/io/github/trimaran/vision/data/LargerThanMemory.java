package io.github.trimaran.vision.data;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.table.CsvFile;
import io.github.trimaran.data.table.TablePreparation;
import io.github.trimaran.data.table.TableRecipe;
import io.github.trimaran.nn.AvgPool2d;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.losses.MSELoss;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.History;
import io.github.trimaran.train.Supervised;
import io.github.trimaran.train.Trainer;
import java.nio.file.Path;

/** Trains on a file or a folder and prints the loss of each epoch; run in a small heap. */
final class LargerThanMemory {

  private LargerThanMemory() {}

  public static void main(String[] args) throws Exception {
    Path data = Path.of(args[1]);
    History history = args[0].equals("csv") ? table(data) : pictures(data);
    history.epochs().forEach(epoch -> System.out.println("loss " + epoch.loss()));
    System.out.println("heap " + Runtime.getRuntime().maxMemory());
  }

  private static History table(Path file) throws Exception {
    CsvFile rows = CsvFile.of(file);
    TablePreparation preparation = TableRecipe.predicting("y").standardizedTarget().fit(rows);
    Layer model = new Sequential(new Linear(preparation.width(), 1));
    model.init(Backends.get("cpu"), DType.FLOAT32, Rng.seeded(1));
    try (DataLoader loader =
        new DataLoader(preparation.stream(rows), 512).shuffle(Rng.seeded(2), 4096).workers(1)) {
      Supervised objective = new Supervised(new MSELoss());
      return Trainer.builder(model, new Adam(model.parameters(), 1e-2), objective)
          .build()
          .fit(loader, 1);
    }
  }

  private static History pictures(Path folder) throws Exception {
    PictureFolder pictures = PictureFolder.of(folder, PicturePreparation.of(32, 32));
    Layer model = new Sequential(new AvgPool2d(8), new Flatten(), new Linear(48, 2));
    model.init(Backends.get("cpu"), DType.FLOAT32, Rng.seeded(1));
    try (DataLoader loader = new DataLoader(pictures, 8).shuffle(Rng.seeded(2)).workers(2)) {
      return Trainer.builder(model, new Adam(model.parameters(), 1e-2)).build().fit(loader, 2);
    }
  }
}
