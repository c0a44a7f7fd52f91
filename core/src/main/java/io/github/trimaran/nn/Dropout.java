package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;

/**
 * In training sets each element to 0 with probability p and divides the others by {@code 1 - p}, so
 * that the expectation stays; in evaluation does nothing (Srivastava et al. 2014). The mask is
 * drawn on the host, so it is the same on every backend.
 *
 * <pre>{@code
 * Layer head = new Sequential(new Linear(64, 32), new ReLU(), new Dropout(0.5), new Linear(32, 10));
 * }</pre>
 */
public final class Dropout extends DropoutNd {

  /**
   * With that probability of 0.
   *
   * @throws IllegalArgumentException if it is not from 0 up to, but not, 1
   */
  public Dropout(double probability) {
    super(probability);
  }

  @Override
  Shape maskShape(Shape input) {
    return input;
  }
}
