package io.github.trimaran.io.weights;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A format of weights that {@link WeightFiles} reads beside those of this package; found with
 * {@link java.util.ServiceLoader}. For formats whose reader needs a library.
 *
 * <pre>{@code
 * for (WeightFormat format : ServiceLoader.load(WeightFormat.class)) {
 *   System.out.println(format.name());
 * }
 * }</pre>
 */
public interface WeightFormat {

  /** What it is called, for example {@code Caffe model}. */
  String name();

  /** Whether a file that begins like this may be of this format. */
  boolean recognises(FileHead head);

  /**
   * Reads a file that was recognised.
   *
   * @throws WeightFormatException if it is damaged after all
   */
  StateDict read(Path file) throws IOException;
}
