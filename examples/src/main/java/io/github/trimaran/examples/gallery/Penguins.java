package io.github.trimaran.examples.gallery;

import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.Splits;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.data.table.Table;
import io.github.trimaran.data.table.TablePreparation;
import io.github.trimaran.data.table.TableRecipe;
import io.github.trimaran.examples.report.Answers;
import io.github.trimaran.examples.report.Judgements;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.optim.AdamW;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.train.Evaluation;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.Trainer;
import io.github.trimaran.train.prediction.Predictor;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Classification on a table: the species of a penguin, from what was measured of it, from its
 * island and its sex, as far as these are known (Horst, Hill and Gorman 2020, "palmerpenguins").
 *
 * <p>It is judged by cross-validation: five networks are each measured on the fifth of the birds
 * that they have not seen. Each fold has of each species its share. The last network is saved, and
 * asked about a bird.
 */
public final class Penguins implements GalleryProgram {

  private static final int FOLDS = 5;

  @Override
  public String name() {
    return "penguins";
  }

  @Override
  public String question() {
    return "Of what species is a penguin that the network has not seen?";
  }

  @Override
  public String theory() {
    return """
        The mean cross-entropy is least where the network's probabilities are the true ones, so the
        calibration below tells how far it got:

            loss = -log p[species]

        Columns of words become a 0 or 1 for each word; a number that is missing becomes the mean, and a
        column of its own says that it was missing. Stratified folds have of each species its share, so
        that a rare one is in each of them. Each bird is judged once, by a network that has not seen it.
        """;
  }

  @Override
  public void run(GalleryRun gallery) throws IOException {
    Table birds =
        gallery.table(
            "tables/penguins.csv",
            "344 penguins of three species",
            "penguins that the project makes up",
            () -> MadeUpTables.penguins(gallery.rng("birds")));
    double accuracy = 0;
    Judgements judgements = new Judgements();
    List<String> kinds = List.of();
    long mistaken = 0;
    List<Splits.Fold> folds =
        Splits.stratifiedFolds(birds.labels("species"), FOLDS, gallery.rng("folds"));
    for (int fold = 0; fold < FOLDS; fold++) {
      Table train = birds.select(folds.get(fold).train());
      Table test = birds.select(folds.get(fold).test());
      // What is text becomes a 0 or 1 for each category; what is missing is told as such.
      TablePreparation preparation = TableRecipe.predicting("species").fit(train);
      kinds = preparation.classes();
      try (Layer network =
          new Sequential(
              new Linear(preparation.width(), 32), new ReLU(), new Linear(32, kinds.size()))) {
        network.init(gallery.backend(), gallery.dtype(), gallery.rng("weights " + fold));
        train(network, new DataLoader(preparation.samples(train), 32), fold, gallery);

        Evaluation found =
            Evaluator.plain()
                .metrics(judgements)
                .evaluate(network, new DataLoader(preparation.samples(test), 100));
        accuracy += found.accuracy() / FOLDS;
        mistaken += found.samples() - found.correct();
        gallery.say("Fold %d: %.1f %%", fold + 1, 100 * found.accuracy());
        if (fold == FOLDS - 1) {
          saveAndAsk(network, preparation, gallery);
        }
      }
    }
    gallery.metric("test_accuracy", accuracy);
    gallery.metric("mistaken", mistaken);
    gallery.metrics(new Answers(kinds, judgements.all()).metrics());
    gallery.answer(
        "%.1f %% are told right, mean of %d folds; %d of %d birds are mistaken",
        100 * accuracy, FOLDS, mistaken, birds.size());
  }

  private static void train(Layer network, DataLoader samples, int fold, GalleryRun gallery)
      throws IOException {
    DataLoader batches = samples.shuffle(gallery.rng("batches " + fold));
    int epochs = gallery.epochs(40, 20);
    double first = gallery.setting("learning_rate", 3e-3, 1e-2);
    LearningRate rate = LearningRate.cosine(first, 0, (long) epochs * batches.perEpoch());
    try (AdamW adam = new AdamW(network.parameters(), rate)) {
      Trainer trainer =
          Trainer.builder(network, adam)
              .quiet()
              .listener(gallery.progress("Fold " + (fold + 1)))
              .build();
      gallery.history(trainer.fit(batches, epochs));
    }
  }

  /** One file has all that an answer needs: network, weights, preparation, and species. */
  private static void saveAndAsk(Layer network, TablePreparation preparation, GalleryRun gallery)
      throws IOException {
    try (Predictor<Map<String, ?>, Classified> predictor =
        Predictor.of(network, preparation, preparation.classAnswer())) {
      predictor.save(gallery.folder().resolve("penguins.safetensors"));
      Map<String, Object> bird =
          Map.of(
              "island",
              "Biscoe",
              "bill_length_mm",
              48,
              "bill_depth_mm",
              14.5,
              "flipper_length_mm",
              217,
              "body_mass_g",
              5100,
              "sex",
              ""); // not known
      gallery.say("A heavy bird with a flat bill: %s", predictor.predict(bird));
    }
  }
}
