package io.github.trimaran.benchmarks.peers;

/** One step of training on a batch that lies where the backend computes already. */
public interface TrainingStep {

  /** Forward, backward, update. Returns the mean loss before the update. */
  double take();
}
