package io.github.trimaran.data.catalog;

/**
 * Which data to use.
 *
 * <pre>{@code
 * TrainTest drawn = sets.load(DataSets.MNIST, DataChoice.EMBEDDED).data();
 * }</pre>
 */
public enum DataChoice {
  /** Real data where it is there or can be downloaded, else the embedded; it is said which. */
  AUTO,
  /** What this library draws itself. */
  EMBEDDED,
  /** Real data, there or downloaded, or an error. */
  REAL
}
