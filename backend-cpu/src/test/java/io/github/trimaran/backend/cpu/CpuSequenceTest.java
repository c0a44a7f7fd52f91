package io.github.trimaran.backend.cpu;

import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.SequenceConformance;

class CpuSequenceTest extends SequenceConformance {

  CpuSequenceTest() {
    super(Backends.get("cpu"));
  }
}
