package io.github.trimaran.conformance;

import org.junit.jupiter.api.Tag;

/** The suite on a backend that fuses everything: no case of a fused operation is skipped. */
@Tag("one-jdk")
class FusingConformanceTest extends BackendConformance {

  FusingConformanceTest() {
    super(FusingBackend::new);
  }
}
