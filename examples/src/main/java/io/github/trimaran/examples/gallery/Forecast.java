package io.github.trimaran.examples.gallery;

import io.github.trimaran.data.Batch;
import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.Samples;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.losses.L1Loss;
import io.github.trimaran.nn.recurrent.LSTM;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.Objective;
import io.github.trimaran.train.Outcome;
import io.github.trimaran.train.Supervised;
import io.github.trimaran.train.Trainer;
import java.io.IOException;

/**
 * A forecast of many series by one recurrent network: it sees three years of a product's monthly
 * sales and tells the fourth. Each series has a season, a growth and a level of its own; the
 * network is to see them in the three years.
 *
 * <p>It is judged by the year after all that it was trained on, and against the seasonal naive
 * forecast: each month sells what it sold a year before. That is what one has without a network,
 * and often hard to beat.
 */
public final class Forecast implements GalleryProgram {

  private static final int SEASON = MonthlySales.SEASON;
  private static final int YEARS = MonthlySales.YEARS;

  @Override
  public String name() {
    return "forecast";
  }

  @Override
  public String question() {
    return "How much better is a network's forecast than that next year will be like this one?";
  }

  @Override
  public String theory() {
    return """
        The seasonal naive forecast says that each month sells what it sold a year before. A forecast is
        worth its trouble only as far as its error is below that one's:

            error against naive = sum of |y - forecast| / sum of |y - a year before|

        The network tells by how much the year differs from the last, so it begins near the naive
        forecast. An LSTM goes through the months in both directions; its gates keep gradients from
        vanishing (Hochreiter and Schmidhuber 1997).
        """;
  }

  @Override
  public void run(GalleryRun gallery) throws IOException {
    int products = gallery.setting("series", 200, 100);
    MonthlySales sales = new MonthlySales(products, 10 * SEASON, gallery.rng("sales"));
    gallery.made("ten years of monthly sales that the project makes up");
    // Windows of four years; those that reach into the last year are not for training.
    Samples past = sales.windows(0, 9 * SEASON);
    Samples lastYear = sales.windows((9 - YEARS) * SEASON, 10 * SEASON);
    DataLoader batches = new DataLoader(past, 64).shuffle(gallery.rng("batches"));
    DataLoader test = new DataLoader(lastYear, 100);
    int epochs = gallery.epochs(10, 3);
    double first = gallery.setting("learning_rate", 3e-3, 5e-3);
    LearningRate rate = LearningRate.cosine(first, 0, (long) epochs * batches.perEpoch());
    Objective<Layer> absoluteError = new Supervised(new L1Loss());
    try (Network network = new Network(gallery.setting("hidden", 48, 24))) {
      network.init(gallery.backend(), gallery.dtype(), gallery.rng("weights"));
      try (Adam adam = new Adam(network.parameters(), rate)) {
        Trainer trainer =
            Trainer.builder(network, adam, absoluteError)
                .quiet()
                .listener(gallery.progress("Forecast"))
                .build();
        gallery.history(trainer.fit(batches, epochs));
      }
      double error = new Evaluator<>(absoluteError).evaluate(network, test).loss();
      double naive = new Evaluator<>(naive()).evaluate(network, test).loss();
      gallery.metric("error", error);
      gallery.metric("naive_error", naive);
      gallery.metric("error_vs_naive", error / naive);
      gallery.picture("forecasts.png", ForecastCharts.of(network, lastYear));
      gallery.answer(
          "%.1f %% of the sales off, where the seasonal naive forecast is %.1f %% off: %.2f of it",
          100 * error, 100 * naive, error / naive);
    }
  }

  /** What the forecast costs that every month is as a year before. */
  private static Objective<Network> naive() {
    return (network, batch, mode) -> {
      Tensor year = lastYear(batch.get(Batch.INPUT));
      return Outcome.of(new L1Loss().of(year, batch.target()));
    };
  }

  /** The last year of those seen, {@code [N, YEARS, SEASON] -> [N, SEASON]}. */
  static Tensor lastYear(Tensor seen) {
    return seen.select(1, YEARS - 1);
  }

  /**
   * Goes through the months of a year, forward and backward, at each of which it sees what that
   * month sold in three years; and tells for each by how much the next will differ from the last,
   * {@code [N, YEARS, SEASON] -> [N, SEASON]}.
   */
  static final class Network extends Layer {

    private final LSTM lstm;
    private final Linear head;

    Network(int hidden) {
      lstm = child("lstm", new LSTM(YEARS, hidden).bidirectional().batchFirst());
      head = child("head", new Linear(2 * hidden, 1));
    }

    @Override
    protected Tensor compute(Tensor seen, Mode mode) {
      Tensor months = lstm.forward(seen.permute(0, 2, 1), mode).output(); // [N, SEASON, 2 hidden]
      return lastYear(seen).add(head.forward(months, mode).squeeze(2));
    }
  }
}
