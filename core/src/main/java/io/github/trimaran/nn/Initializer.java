package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;

/**
 * How the first values of a parameter are chosen; see {@link Initializers}.
 *
 * <pre>{@code
 * Initializer halves = (shape, rng) -> rng.doubles(shape.size(), -0.5, 0.5).toArray();
 * Layer layer = new Linear(784, 10).weightInit(halves);
 * }</pre>
 */
@FunctionalInterface
public interface Initializer {

  /** The values in row-major order, {@code shape.size()} of them. */
  double[] draw(Shape shape, Rng rng);
}
