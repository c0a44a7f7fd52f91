package io.github.trimaran.backend.djl;

import io.github.trimaran.backend.Backends;
import io.github.trimaran.train.prediction.PredictorConformance;
import org.junit.jupiter.api.Tag;

@Tag("one-jdk")
class DjlPredictorTest extends PredictorConformance {

  DjlPredictorTest() {
    super(Backends.get("djl"));
  }
}
