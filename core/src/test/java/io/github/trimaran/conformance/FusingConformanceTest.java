package io.github.trimaran.conformance;

/** The suite on a backend that fuses everything: no case of a fused operation is skipped. */
class FusingConformanceTest extends BackendConformance {

  FusingConformanceTest() {
    super(FusingBackend::new);
  }
}
