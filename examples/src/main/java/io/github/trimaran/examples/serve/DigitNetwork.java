package io.github.trimaran.examples.serve;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.prediction.PixelPreparation;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.train.prediction.Predictor;
import io.github.trimaran.train.prediction.PredictorSettings;
import java.util.Optional;

/** A saved digit network on a backend, ready for any number of threads. */
final class DigitNetwork implements AutoCloseable {

  /** One digit. */
  static final Shape DIGIT = Shape.of(1, 28, 28);

  /** So many questions are computed together at most. */
  private static final int MOST_TOGETHER = 8;

  private final SavedModel saved;
  private final Layer network;
  private final Predictor<HostArray, DigitLook> predictor;
  private final SmallestChange change;

  DigitNetwork(SavedModel saved, Backend<?> backend) {
    requireDigits(saved);
    this.saved = saved;
    network = saved.restore(backend, DType.FLOAT32);
    LayerViews views = new LayerViews(network, saved.settings().classNames());
    predictor =
        Predictor.of(
            network,
            new PixelPreparation(DIGIT, saved.normalization()),
            views,
            // A lone drawing must not wait for a batch to be filled up.
            asking(PredictorSettings.standard().varyingBatch(MOST_TOGETHER), network, views));
    change =
        new SmallestChange(
            network, saved.normalization(), DIGIT, saved.settings().classNames().size());
  }

  /** Refuses networks of anything but digits. */
  static void requireDigits(SavedModel saved) {
    if (!saved.settings().inputShape().equals(DIGIT)) {
      throw new InputException(
          "--model: a digit network sees " + DIGIT + ", not " + saved.settings().inputShape());
    }
  }

  private static PredictorSettings asking(
      PredictorSettings settings, Layer network, LayerViews views) {
    return asking(settings, network.getClass(), views);
  }

  private static <M extends Layer> PredictorSettings asking(
      PredictorSettings settings, Class<M> type, LayerViews views) {
    return settings.inference(type, views::of);
  }

  SavedModel saved() {
    return saved;
  }

  Layer network() {
    return network;
  }

  /** What it makes of pixels {@code [1, 28, 28]} from 0 to 255. */
  DigitLook look(HostArray digit) {
    return predictor.predict(digit);
  }

  /** What would have to change for another answer. */
  Optional<SmallestChange.Found> change(HostArray digit) {
    return change.of(digit);
  }

  @Override
  public void close() {
    predictor.close();
    network.close();
  }
}
