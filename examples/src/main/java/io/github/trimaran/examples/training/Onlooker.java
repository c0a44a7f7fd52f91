package io.github.trimaran.examples.training;

import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.train.Listener;

/**
 * Looks on at trainings: is shown each before its first step, and is then told how it goes.
 *
 * <pre>{@code
 * training.watchedBy(subject -> new FilterWatch(subject.model())).run(name, data, experiment);
 * }</pre>
 */
@FunctionalInterface
public interface Onlooker {

  /**
   * What is trained.
   *
   * @param name of the run
   * @param model that learns, to be read between steps
   * @param images to ask it about, which it does not learn from
   * @param normalization of these images
   */
  record Subject(String name, Layer model, Dataset images, Normalization normalization) {}

  /** What is told of this training. */
  Listener of(Subject subject);
}
