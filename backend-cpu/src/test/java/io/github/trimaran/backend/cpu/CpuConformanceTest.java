package io.github.trimaran.backend.cpu;

import io.github.trimaran.conformance.BackendConformance;

class CpuConformanceTest extends BackendConformance {

  CpuConformanceTest() {
    super("cpu");
  }
}
