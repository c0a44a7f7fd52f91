package io.github.trimaran.nn;

import io.github.trimaran.naive.NaiveBackend;

class NaiveSequenceTest extends SequenceConformance {

  NaiveSequenceTest() {
    super(new NaiveBackend());
  }
}
