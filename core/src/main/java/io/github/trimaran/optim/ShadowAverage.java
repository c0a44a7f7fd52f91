package io.github.trimaran.optim;

import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Model;

/** An average kept beside the model's values, one for each. */
abstract class ShadowAverage implements WeightAverage {

  final ShadowValues shadows;

  ShadowAverage(Model model) {
    shadows = new ShadowValues(model);
  }

  @Override
  public final void finish() {
    shadows.copyToModel();
  }

  @Override
  public final StateDict state() {
    return shadows.state();
  }

  @Override
  public final void restore(StateDict state) {
    shadows.restore(state);
  }

  @Override
  public final void close() {
    shadows.close();
  }
}
