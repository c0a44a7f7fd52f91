package io.github.trimaran.train;

import io.github.trimaran.io.weights.StateDict;

/** Where training is: what a checkpoint holds besides the model and its optimiser. */
final class Progress {

  /** The epoch under way, from 0. */
  int epoch;

  /** The next batch of it, from 0. */
  int batch;

  /** Steps taken. */
  long step;

  /** Of the epoch under way: the sum of the losses of its steps. */
  double lossSum;

  /** Of the epoch under way: samples seen. */
  long samples;

  /** Of the epoch under way: samples that have a class. */
  long labelled;

  /** Of the epoch under way: those that were put into it. */
  long correct;

  /** Of the epoch under way: seconds in training steps. */
  double stepSeconds;

  /** Since training began, over all its parts. */
  double seconds;

  /** Validations since the best. */
  int withoutImprovement;

  /** The score of the best validation, larger is better. */
  double bestScore = Double.NEGATIVE_INFINITY;

  /** The model's values then; null unless kept. */
  StateDict best;

  final History history = new History();

  void startEpoch() {
    epoch++;
    batch = 0;
    lossSum = 0;
    samples = 0;
    labelled = 0;
    correct = 0;
    stepSeconds = 0;
  }
}
