package io.github.trimaran.data.prediction;

import io.github.trimaran.io.json.Kinds;
import java.util.ServiceLoader;

/**
 * Registers kinds of preparations and answers, so that files which name them can be read; found
 * with {@link ServiceLoader}.
 *
 * <pre>{@code
 * final class MyKinds implements PredictionProvider {
 *   public Kinds<Preparation<?>> preparations(Kinds<Preparation<?>> known) {
 *     return known.with("celsius", json -> new Celsius(json.number("mean"), json.number("std")));
 *   }
 * }
 * }</pre>
 *
 * <p>Its name is a line of {@code
 * META-INF/services/io.github.trimaran.data.prediction.PredictionProvider}.
 */
public interface PredictionProvider {

  /** The preparations known so far, and those it adds. */
  default Kinds<Preparation<?>> preparations(Kinds<Preparation<?>> known) {
    return known;
  }

  /** The answers known so far, and those it adds. */
  default Kinds<Answer<?>> answers(Kinds<Answer<?>> known) {
    return known;
  }

  /** All preparations on the class path. */
  static Kinds<Preparation<?>> allPreparations() {
    Kinds<Preparation<?>> kinds = Kinds.of("preparation");
    for (PredictionProvider provider : ServiceLoader.load(PredictionProvider.class)) {
      kinds = provider.preparations(kinds);
    }
    return kinds;
  }

  /** All answers on the class path. */
  static Kinds<Answer<?>> allAnswers() {
    Kinds<Answer<?>> kinds = Kinds.of("answer");
    for (PredictionProvider provider : ServiceLoader.load(PredictionProvider.class)) {
      kinds = provider.answers(kinds);
    }
    return kinds;
  }
}
