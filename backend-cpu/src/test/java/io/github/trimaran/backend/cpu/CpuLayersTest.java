package io.github.trimaran.backend.cpu;

import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.LayerConformance;

class CpuLayersTest extends LayerConformance {

  CpuLayersTest() {
    super(Backends.get("cpu"));
  }
}
