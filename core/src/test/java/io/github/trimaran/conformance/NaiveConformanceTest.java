package io.github.trimaran.conformance;

import io.github.trimaran.naive.NaiveBackend;
import org.junit.jupiter.api.Tag;

/** The suite on the backend that is right by inspection: what fails here is wrong in the suite. */
@Tag("one-jdk")
class NaiveConformanceTest extends BackendConformance {

  NaiveConformanceTest() {
    super(NaiveBackend::new);
  }
}
