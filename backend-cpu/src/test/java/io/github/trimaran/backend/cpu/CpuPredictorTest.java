package io.github.trimaran.backend.cpu;

import io.github.trimaran.backend.Backends;
import io.github.trimaran.train.prediction.PredictorConformance;

class CpuPredictorTest extends PredictorConformance {

  CpuPredictorTest() {
    super(Backends.get("cpu"));
  }
}
