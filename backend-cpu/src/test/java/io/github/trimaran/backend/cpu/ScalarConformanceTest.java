package io.github.trimaran.backend.cpu;

import io.github.trimaran.conformance.BackendConformance;

/** The conformance suite with the kernels in plain Java. */
class ScalarConformanceTest extends BackendConformance {

  ScalarConformanceTest() {
    super(() -> TestBackends.scalar(2));
  }
}
