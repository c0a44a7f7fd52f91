package io.github.trimaran.nn.losses;

import io.github.trimaran.naive.NaiveBackend;

/** The losses on the plainest backend. */
class LossTest extends LossConformance {

  LossTest() {
    super(new NaiveBackend());
  }
}
