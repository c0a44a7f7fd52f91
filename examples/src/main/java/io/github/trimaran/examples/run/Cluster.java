package io.github.trimaran.examples.run;

import io.github.trimaran.collective.Collective;
import io.github.trimaran.search.Attempts;
import io.github.trimaran.search.Objective;
import io.github.trimaran.search.Values;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Other computers that do the work of a command, behind {@code --cluster}. What knows of them is a
 * module of its own, on the class path only when it is asked for, and found by {@link
 * ServiceLoader}.
 *
 * <pre>{@code
 * try (Cluster cluster = Cluster.connect("spark://host:7077", console)) {
 *   String told = cluster.sideBySide(2, (worker, threads, again) -> "I am " + worker.rank());
 * }
 * }</pre>
 */
public interface Cluster extends AutoCloseable {

  /** What knows how to reach clusters. */
  interface Program {
    /**
     * Connects.
     *
     * @throws InputException in one line, if there is no such cluster or it has nothing to compute
     *     with
     */
    Cluster connect(String master, Console console) throws IOException;
  }

  /** A trial of a search, made on another computer. */
  @FunctionalInterface
  interface Trial extends Serializable {
    /** The score of these values after so many epochs, by so many threads. */
    Objective.Score of(Values values, int epochs, int threads) throws IOException;
  }

  /**
   * What one of several workers does that train one network.
   *
   * @param <T> what it gives
   */
  @FunctionalInterface
  interface Work<T extends Serializable> extends Serializable {
    /**
     * Its part.
     *
     * @param threads that it may compute with
     * @param again whether this work was begun before, and a computer was lost
     */
    T of(Collective worker, int threads, boolean again) throws Exception;
  }

  /** Makes the pixels of a picture that a model is asked about. */
  @FunctionalInterface
  interface Pixels extends Serializable {
    /** Of the file of that name, as the other computer sees it. */
    float[] of(String file) throws IOException;
  }

  /**
   * What a model says of a picture.
   *
   * @param probabilities of the classes; empty if the picture cannot be used
   * @param unusable why the picture cannot be used; empty if it can
   */
  record Said(List<Double> probabilities, String unusable) {}

  /**
   * Connects to a cluster.
   *
   * @throws InputException in one line, if nothing here knows of clusters, or this cannot be
   *     reached
   */
  static Cluster connect(String master, Console console) throws IOException {
    Program program =
        ServiceLoader.load(Program.class)
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        "--cluster: Spark is not on the class path; './trimaran' in a clone fetches"
                            + " it when this option is given, or take the jar for spark-submit, see"
                            + " docs/guide/scaling.md"));
    return program.connect(master, console);
  }

  /** How many workers may work at once. */
  int slots();

  /** What a search is given in place of its objective, for {@link #attempts}. */
  Objective objective(Trial trial);

  /** Makes the trials of a search there. */
  Attempts attempts();

  /**
   * Has so many workers do something side by side.
   *
   * @return what the first gives
   */
  <T extends Serializable> T sideBySide(int workers, Work<T> work) throws IOException;

  /**
   * Asks a model about pictures.
   *
   * @param model the file of a predictor of pixels, on this computer
   * @param files as the other computers see them
   * @return what it says of each, in the same order
   */
  List<Said> predict(Path model, String backend, List<String> files, Pixels pixels)
      throws IOException;

  /** Lets it go. */
  @Override
  void close();
}
