package io.github.trimaran.examples.gallery;

import java.io.IOException;

/**
 * A program of the gallery: one file that shows a whole piece of work, from data to answer.
 *
 * <pre>{@code
 * final class Autoencoder implements GalleryProgram {
 *   public String name() { return "autoencoder"; }
 *   public String question() { return "..."; }
 *   public String theory() { return "..."; }
 *   public void run(GalleryRun gallery) throws IOException {
 *     int epochs = gallery.epochs(15, 1);
 *     TrainTest digits = gallery.images(DataSets.MNIST);
 *     ...
 *     gallery.metric("negative_evidence_bound", bound);
 *     gallery.answer("%.1f nats", bound);
 *   }
 * }
 * }</pre>
 */
public interface GalleryProgram {

  /** What it is called on the command line: {@code autoencoder}. */
  String name();

  /** What it sets out to answer, in a sentence. */
  String question();

  /**
   * What is behind it, for the report: a few short paragraphs with empty lines between them; one
   * that is indented by four spaces is a formula.
   */
  String theory();

  /**
   * Does it, on the backend of the run, and tells the run what it found.
   *
   * @throws IOException if data cannot be read or a picture not be written
   */
  void run(GalleryRun gallery) throws IOException;
}
