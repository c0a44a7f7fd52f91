package io.github.trimaran.backend.nd4j;

import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.losses.LossConformance;

class Nd4jLossTest extends LossConformance {

  Nd4jLossTest() {
    super(Backends.get("nd4j"));
  }
}
