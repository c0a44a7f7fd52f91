package io.github.trimaran.data.text;

import io.github.trimaran.data.prediction.PredictionProvider;
import io.github.trimaran.data.prediction.Preparation;
import io.github.trimaran.io.json.Kinds;

/**
 * Makes vocabularies known to files.
 *
 * <pre>{@code
 * JsonObject saved = Json.parseObject(Json.write(Vocabulary.ofBytes().toJson()));
 * Preparation<?> same = PredictionProvider.allPreparations().read(saved);
 * }</pre>
 */
public final class TextKinds implements PredictionProvider {

  /** For {@link java.util.ServiceLoader}. */
  public TextKinds() {}

  @Override
  public Kinds<Preparation<?>> preparations(Kinds<Preparation<?>> known) {
    return known.with(Vocabulary.KIND, Vocabulary::fromJson);
  }
}
