package io.github.trimaran.examples.exercise;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.examples.datasets.RemoteImages;
import io.github.trimaran.examples.run.Cluster;
import io.github.trimaran.examples.training.ConvNetTraining;
import io.github.trimaran.examples.training.ConvNetTraining.Job;
import io.github.trimaran.examples.training.Experiment;
import io.github.trimaran.search.Objective.Score;
import io.github.trimaran.search.Values;
import io.github.trimaran.train.DivergedException;
import io.github.trimaran.train.Listener;
import java.io.IOException;
import java.util.List;

/**
 * A trial as another computer makes it: the same images, seeds and batches, and so the same score.
 *
 * @param images to train on
 * @param winner the numbers of images and their batches
 * @param dtype to compute in
 * @param seed of everything random
 * @param backend what computes
 * @param device where
 */
record ClusterTrial(
    RemoteImages images, Experiment winner, DType dtype, long seed, String backend, String device)
    implements Cluster.Trial {

  @Override
  public Score of(Values values, int epochs, int threads) throws IOException {
    ConvNetTraining training =
        new ConvNetTraining(winner.split(images.load()), dtype, winner.batchSize(), seed);
    Job job = Job.unsaved(training.candidate(values), epochs, new Listener() {});
    try (Backend<?> own = Backends.get(backend, new BackendOptions(threads, device));
        ConvNetTraining.Trained trained = training.train(job, own)) {
      return SearchTrials.score(trained);
    } catch (DivergedException e) {
      return new Score(0, List.of());
    }
  }
}
