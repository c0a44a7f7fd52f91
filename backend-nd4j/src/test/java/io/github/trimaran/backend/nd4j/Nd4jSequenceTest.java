package io.github.trimaran.backend.nd4j;

import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.SequenceConformance;

class Nd4jSequenceTest extends SequenceConformance {

  Nd4jSequenceTest() {
    super(Backends.get("nd4j"));
  }
}
