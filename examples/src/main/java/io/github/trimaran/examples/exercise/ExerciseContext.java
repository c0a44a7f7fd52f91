package io.github.trimaran.examples.exercise;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.ImageSet;
import io.github.trimaran.examples.datasets.Datasets;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.SearchOptions;
import io.github.trimaran.examples.run.TrainingOptions;
import io.github.trimaran.examples.training.Asked;
import io.github.trimaran.examples.training.Training;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What an exercise runs with.
 *
 * @param options common to all commands
 * @param given options of training; what is not given is the exercise's own choice
 * @param search options of a search; what is not given is the exercise's own choice
 * @param console to tell progress and results on
 * @param folder for pictures; exists
 */
public record ExerciseContext(
    CommonOptions options,
    TrainingOptions given,
    SearchOptions search,
    Console console,
    Path folder) {

  /** Lays the command line's options over the exercise's choices. */
  public Asked asked() {
    return new Asked(options, given);
  }

  /** A set of images, real or embedded as {@code --data} says. */
  public TrainTest images(ImageSet set) throws IOException {
    return Datasets.load(set, options, console);
  }

  /** What trains networks, and saves and resumes as the command line says. */
  public Training training(Backend<?> backend) {
    return new Training(backend, options, asked().files(), console);
  }
}
