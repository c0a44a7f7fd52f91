package io.github.trimaran.backend.djl;

import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.losses.LossConformance;

class DjlLossTest extends LossConformance {

  DjlLossTest() {
    super(Backends.get("djl"));
  }
}
