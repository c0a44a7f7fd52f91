package io.github.trimaran.examples.exercise;

import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.SearchOptions;
import io.github.trimaran.examples.run.TrainingOptions;
import java.nio.file.Path;

/**
 * What an exercise runs with.
 *
 * @param options common to all commands
 * @param training options of training; what is not given is the exercise's own choice
 * @param search options of a search; what is not given is the exercise's own choice
 * @param console to tell progress and results on
 * @param folder for pictures; exists
 */
public record ExerciseContext(
    CommonOptions options,
    TrainingOptions training,
    SearchOptions search,
    Console console,
    Path folder) {}
