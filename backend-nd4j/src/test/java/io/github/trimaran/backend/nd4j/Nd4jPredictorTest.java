package io.github.trimaran.backend.nd4j;

import io.github.trimaran.backend.Backends;
import io.github.trimaran.train.prediction.PredictorConformance;
import org.junit.jupiter.api.Tag;

@Tag("one-jdk")
class Nd4jPredictorTest extends PredictorConformance {

  Nd4jPredictorTest() {
    super(Backends.get("nd4j"));
  }
}
