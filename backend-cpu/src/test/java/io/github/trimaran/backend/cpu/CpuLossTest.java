package io.github.trimaran.backend.cpu;

import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.losses.LossConformance;

class CpuLossTest extends LossConformance {

  CpuLossTest() {
    super(Backends.get("cpu"));
  }
}
