package io.github.trimaran.backend.cpu;

import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.models.SqueezeNetConformance;

class CpuSqueezeNetTest extends SqueezeNetConformance {

  CpuSqueezeNetTest() {
    super(Backends.get("cpu"));
  }
}
