package io.github.trimaran.backend.djl;

import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.SequenceConformance;

class DjlSequenceTest extends SequenceConformance {

  DjlSequenceTest() {
    super(Backends.get("djl"));
  }
}
