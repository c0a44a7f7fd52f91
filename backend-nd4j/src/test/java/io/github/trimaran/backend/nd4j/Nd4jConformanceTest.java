package io.github.trimaran.backend.nd4j;

import io.github.trimaran.conformance.BackendConformance;
import org.junit.jupiter.api.Tag;

/** All that a backend must do. */
@Tag("one-jdk")
class Nd4jConformanceTest extends BackendConformance {

  Nd4jConformanceTest() {
    super("nd4j");
  }
}
