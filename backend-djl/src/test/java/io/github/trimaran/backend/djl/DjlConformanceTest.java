package io.github.trimaran.backend.djl;

import io.github.trimaran.conformance.BackendConformance;
import org.junit.jupiter.api.Tag;

@Tag("one-jdk")
class DjlConformanceTest extends BackendConformance {

  DjlConformanceTest() {
    super("djl");
  }
}
