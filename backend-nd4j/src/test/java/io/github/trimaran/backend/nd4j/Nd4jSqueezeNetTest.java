package io.github.trimaran.backend.nd4j;

import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.models.SqueezeNetConformance;

class Nd4jSqueezeNetTest extends SqueezeNetConformance {

  Nd4jSqueezeNetTest() {
    super(Backends.get("nd4j"));
  }
}
