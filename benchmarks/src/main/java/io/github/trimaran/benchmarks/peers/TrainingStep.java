package io.github.trimaran.benchmarks.peers;

/** One step of training; every implementation uploads the batch anew, as training does. */
interface TrainingStep {

  /** Forward, backward, update. Returns the mean loss before the update. */
  double take();
}
