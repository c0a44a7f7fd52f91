package io.github.trimaran.examples.exercise;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.training.ConvNetTraining;
import io.github.trimaran.examples.training.ConvNetTraining.Job;
import io.github.trimaran.examples.training.ShowProgress;
import io.github.trimaran.search.Trial;
import io.github.trimaran.train.Evaluation;
import io.github.trimaran.train.History;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The winner of a search, trained longer and tested: the one time that test images are looked at.
 *
 * @param history of its training
 * @param test how well it does on the test images
 */
record FinalTraining(History history, Evaluation test) {

  /**
   * Trains, going on from the checkpoint if it is there, and tests.
   *
   * @param checkpoint where the network is in the end
   */
  static FinalTraining run(
      Trial winner,
      int epochs,
      Path checkpoint,
      ConvNetTraining training,
      Backend<?> backend,
      ExerciseContext context)
      throws IOException {
    Job job =
        new Job(
            training.candidate(winner.values()),
            epochs,
            new ShowProgress(SearchReport.name(winner), context.console()),
            checkpoint,
            () ->
                context
                    .console()
                    .result(
                        "Interrupted; saved in "
                            + checkpoint
                            + ". The same command goes on from there"));
    try (ConvNetTraining.Trained trained = training.train(job, backend)) {
      return new FinalTraining(trained.history(), trained.test());
    }
  }
}
