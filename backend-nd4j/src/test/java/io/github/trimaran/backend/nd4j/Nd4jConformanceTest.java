package io.github.trimaran.backend.nd4j;

import io.github.trimaran.conformance.BackendConformance;

/** All that a backend must do. */
class Nd4jConformanceTest extends BackendConformance {

  Nd4jConformanceTest() {
    super("nd4j");
  }
}
