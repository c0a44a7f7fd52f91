package io.github.trimaran.train.metrics;

import io.github.trimaran.tensor.Tensor;

/**
 * A number that says how good outputs are, over all batches of an evaluation.
 *
 * <pre>{@code
 * Metric.Accumulator f1 = new F1Score().start();
 * f1.add(model.forward(images), labels);
 * f1.add(model.forward(moreImages), moreLabels);
 * System.out.println(f1.value());
 * }</pre>
 *
 * <p>Metrics hold settings only and do not change: each option is a method that returns a changed
 * copy. Sums are in double precision on the host. A metric of nothing is NaN: of no batches, or of
 * batches in which everything is ignored or weighs 0.
 */
public interface Metric {

  /** What it is called in tables and files: {@code "f1"}; lower case, with underscores. */
  String name();

  /** Whether larger numbers are better. */
  boolean higherIsBetter();

  /** A measurement of its own, of nothing yet. */
  Accumulator start();

  /** The same under another name, to tell two of a kind apart. */
  default Metric named(String other) {
    Metric metric = this;
    return new Metric() {
      @Override
      public String name() {
        return other;
      }

      @Override
      public boolean higherIsBetter() {
        return metric.higherIsBetter();
      }

      @Override
      public Accumulator start() {
        return metric.start();
      }
    };
  }

  /** A measurement under way, batch by batch. */
  interface Accumulator {

    /**
     * Takes a batch into account whose samples count alike.
     *
     * @throws IllegalArgumentException if shapes or dtypes do not fit
     */
    default void add(Tensor outputs, Tensor targets) {
      add(outputs, targets, null);
    }

    /**
     * Takes a batch into account.
     *
     * @param weights one a sample, {@code [N]}, or one a target: their shape is that of the targets
     *     or its first extents. Floats, or BOOL, false for what does not count; null for 1
     * @throws IllegalArgumentException if shapes or dtypes do not fit
     */
    void add(Tensor outputs, Tensor targets, Tensor weights);

    /** The metric of what was added so far; NaN of nothing. */
    double value();
  }
}
