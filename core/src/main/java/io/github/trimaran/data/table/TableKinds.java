package io.github.trimaran.data.table;

import io.github.trimaran.data.prediction.Answer;
import io.github.trimaran.data.prediction.PredictionProvider;
import io.github.trimaran.data.prediction.Preparation;
import io.github.trimaran.io.json.Kinds;

/**
 * Makes the preparation of tables, and the number that is predicted from them, known to files.
 *
 * <pre>{@code
 * JsonObject saved = Json.parseObject(Json.write(preparation.toJson()));
 * Preparation<?> same = PredictionProvider.allPreparations().read(saved);
 * }</pre>
 */
public final class TableKinds implements PredictionProvider {

  /** For {@link java.util.ServiceLoader}. */
  public TableKinds() {}

  @Override
  public Kinds<Preparation<?>> preparations(Kinds<Preparation<?>> known) {
    return known.with(TablePreparation.KIND, TablePreparation::fromJson);
  }

  @Override
  public Kinds<Answer<?>> answers(Kinds<Answer<?>> known) {
    return known.with(NumberAnswer.KIND, NumberAnswer::fromJson);
  }
}
