package io.github.trimaran.vision.data;

import io.github.trimaran.data.prediction.PredictionProvider;
import io.github.trimaran.data.prediction.Preparation;
import io.github.trimaran.io.json.Kinds;

/**
 * Makes the preparation of pictures known to files.
 *
 * <pre>{@code
 * JsonObject saved = Json.parseObject(Json.write(PicturePreparation.of(64, 64).toJson()));
 * Preparation<?> same = PredictionProvider.allPreparations().read(saved);
 * }</pre>
 */
public final class PictureKinds implements PredictionProvider {

  /** For {@link java.util.ServiceLoader}. */
  public PictureKinds() {}

  @Override
  public Kinds<Preparation<?>> preparations(Kinds<Preparation<?>> known) {
    return known.with(PicturePreparation.KIND, PicturePreparation::fromJson);
  }
}
