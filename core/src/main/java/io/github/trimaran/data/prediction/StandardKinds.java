package io.github.trimaran.data.prediction;

import io.github.trimaran.io.json.Kinds;

/**
 * The preparations and answers of this package.
 *
 * <pre>{@code
 * Kinds<Preparation<?>> known = new StandardKinds().preparations(Kinds.of("preparation"));
 * }</pre>
 */
public final class StandardKinds implements PredictionProvider {

  /** For {@link java.util.ServiceLoader}. */
  public StandardKinds() {}

  @Override
  public Kinds<Preparation<?>> preparations(Kinds<Preparation<?>> known) {
    return known
        .with(ArrayPreparation.KIND, ArrayPreparation::fromJson)
        .with(PixelPreparation.KIND, PixelPreparation::fromJson);
  }

  @Override
  public Kinds<Answer<?>> answers(Kinds<Answer<?>> known) {
    return known
        .with(ClassAnswer.KIND, ClassAnswer::fromJson)
        .with(NumbersAnswer.KIND, NumbersAnswer::fromJson);
  }
}
