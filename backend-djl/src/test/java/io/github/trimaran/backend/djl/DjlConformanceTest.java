package io.github.trimaran.backend.djl;

import io.github.trimaran.conformance.BackendConformance;

class DjlConformanceTest extends BackendConformance {

  DjlConformanceTest() {
    super("djl");
  }
}
