package io.github.trimaran.examples.gallery;

import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.Splits;
import io.github.trimaran.data.table.Table;
import io.github.trimaran.data.table.TablePreparation;
import io.github.trimaran.data.table.TableRecipe;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.losses.MSELoss;
import io.github.trimaran.optim.AdamW;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.train.Evaluation;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.Supervised;
import io.github.trimaran.train.Trainer;
import io.github.trimaran.train.metrics.MeanAbsoluteError;
import io.github.trimaran.train.metrics.R2Score;
import io.github.trimaran.train.prediction.Predictor;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Regression on a table: how far a car goes on a gallon, from columns of numbers and of categories,
 * some of whose values are missing (Quinlan 1993, "Combining instance-based and model-based
 * learning", made the table known).
 *
 * <p>It is judged by cross-validation: five networks are each measured on the fifth of the cars
 * that they have not seen. What the preparation measures, means and categories, it too measures on
 * the other four fifths alone. The last network is saved, and asked about a car.
 */
public final class Cars implements GalleryProgram {

  private static final int FOLDS = 5;

  @Override
  public String name() {
    return "cars";
  }

  @Override
  public String question() {
    return "How many miles to the gallon does a car make that the network has not seen?";
  }

  @Override
  public String theory() {
    return """
        R squared is the share of the variance that the network explains; 0 is no better than the mean:

            R^2 = 1 - sum of (y - prediction)^2 / sum of (y - mean of y)^2

        In five-fold cross-validation each car is predicted once by a network that has not seen it. What
        the preparation measures comes from the other four fifths too: else the test would leak into it.
        """;
  }

  @Override
  public void run(GalleryRun gallery) throws IOException {
    Table cars =
        gallery.table(
            "tables/mpg.csv",
            "398 cars of 1970 to 1982",
            "cars that the project makes up",
            () -> MadeUpTables.cars(gallery.rng("cars")));
    // What is predicted is standardised as the inputs are; the name of a car is left out.
    TableRecipe recipe = TableRecipe.predicting("mpg").standardizedTarget().without("name");
    double explained = 0;
    double error = 0;
    List<Splits.Fold> folds = Splits.folds(cars.size(), FOLDS, gallery.rng("folds"));
    for (int fold = 0; fold < FOLDS; fold++) {
      Table train = cars.select(folds.get(fold).train());
      Table test = cars.select(folds.get(fold).test());
      TablePreparation preparation = recipe.fit(train);
      try (Layer network = network(preparation.width())) {
        network.init(gallery.backend(), gallery.dtype(), gallery.rng("weights " + fold));
        train(network, new DataLoader(preparation.samples(train), 32), fold, gallery);

        Evaluation found =
            new Evaluator<Layer>(new Supervised(new MSELoss()))
                .metrics(new R2Score(), new MeanAbsoluteError())
                .evaluate(network, new DataLoader(preparation.samples(test), 100));
        explained += found.metric("r2") / FOLDS;
        // Back from standard deviations to miles.
        error += found.metric("mae") * preparation.numberAnswer().std() / FOLDS;
        gallery.say("Fold %d: R squared %.3f", fold + 1, found.metric("r2"));
        if (fold == FOLDS - 1) {
          saveAndAsk(network, preparation, gallery);
        }
      }
    }
    gallery.metric("r_squared", explained);
    gallery.metric("mae", error);
    gallery.answer(
        "R squared %.3f, which is %.2f miles to the gallon off; mean of %d folds",
        explained, error, FOLDS);
  }

  private static Layer network(int inputs) {
    return new Sequential(
        new Linear(inputs, 64), new ReLU(), new Linear(64, 64), new ReLU(), new Linear(64, 1));
  }

  private static void train(Layer network, DataLoader samples, int fold, GalleryRun gallery)
      throws IOException {
    DataLoader batches = samples.shuffle(gallery.rng("batches " + fold));
    int epochs = gallery.epochs(100, 30);
    double first = gallery.setting("learning_rate", 3e-3, 3e-3);
    LearningRate rate = LearningRate.cosine(first, 0, (long) epochs * batches.perEpoch());
    // So few cars are soon known by heart: a strong decay keeps the weights small.
    try (AdamW adam = new AdamW(network.parameters(), rate).weightDecay(0.3)) {
      Trainer trainer =
          Trainer.builder(network, adam, new Supervised(new MSELoss()))
              .quiet()
              .listener(gallery.progress("Fold " + (fold + 1)))
              .build();
      gallery.history(trainer.fit(batches, epochs));
    }
  }

  /** One file has all that an answer needs: network, weights, preparation, and its unit. */
  private static void saveAndAsk(Layer network, TablePreparation preparation, GalleryRun gallery)
      throws IOException {
    try (Predictor<Map<String, ?>, Double> predictor =
        Predictor.of(network, preparation, preparation.numberAnswer())) {
      predictor.save(gallery.folder().resolve("cars.safetensors"));
      Map<String, Object> car =
          Map.of(
              "cylinders", 4,
              "displacement", 97,
              "horsepower", "", // not known
              "weight", 2100,
              "acceleration", 16.5,
              "model_year", 76,
              "origin", "japan");
      gallery.say("A light Japanese car of 1976: %.1f miles", predictor.predict(car));
    }
  }
}
