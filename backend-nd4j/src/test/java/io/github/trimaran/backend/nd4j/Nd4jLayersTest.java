package io.github.trimaran.backend.nd4j;

import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.LayerConformance;

class Nd4jLayersTest extends LayerConformance {

  Nd4jLayersTest() {
    super(Backends.get("nd4j"));
  }
}
