package io.github.trimaran.examples.exercise;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.run.CommonOptions;
import java.io.IOException;
import java.util.Optional;

/** One exercise of the course. */
public interface Exercise {

  /** Its number: {@code 29a}. */
  String id();

  /** The question as the course sets it, a sentence or two. */
  String question();

  /**
   * What is behind it, for the report: a few short paragraphs with empty lines between them; one
   * that is indented by four spaces is a formula.
   */
  String theory();

  /**
   * What is needed and not there, in a sentence; empty if it can run. Asked before running all
   * exercises, so that what cannot be had for one does not end the others.
   */
  default Optional<String> missing(CommonOptions options) throws IOException {
    return Optional.empty();
  }

  /**
   * Does it: computes, tells progress and results on the context's console, writes pictures.
   *
   * @throws IOException if data cannot be read or a picture not be written
   */
  Outcome run(Backend<?> backend, ExerciseContext context) throws IOException;
}
