package io.github.trimaran.backend.djl;

import io.github.trimaran.backend.Backends;
import io.github.trimaran.nn.LayerConformance;

class DjlLayersTest extends LayerConformance {

  DjlLayersTest() {
    super(Backends.get("djl"));
  }
}
