package io.github.trimaran.backend.djl;

import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.models.SqueezeNetConformance;

class DjlSqueezeNetTest extends SqueezeNetConformance {

  DjlSqueezeNetTest() {
    super(Backends.get("djl"));
  }
}
