package io.github.trimaran.conformance;

import io.github.trimaran.naive.NaiveBackend;

/** The suite on the backend that is right by inspection: what fails here is wrong in the suite. */
class NaiveConformanceTest extends BackendConformance {

  NaiveConformanceTest() {
    super(NaiveBackend::new);
  }
}
