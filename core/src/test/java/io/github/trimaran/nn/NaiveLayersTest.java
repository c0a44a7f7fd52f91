package io.github.trimaran.nn;

import io.github.trimaran.naive.NaiveBackend;

class NaiveLayersTest extends LayerConformance {

  NaiveLayersTest() {
    super(new NaiveBackend());
  }
}
