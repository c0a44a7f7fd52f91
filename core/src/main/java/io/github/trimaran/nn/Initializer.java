package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;

/** How the first values of a parameter are chosen; see {@link Initializers}. */
@FunctionalInterface
public interface Initializer {

  /** The values in row-major order, {@code shape.size()} of them. */
  double[] draw(Shape shape, Rng rng);
}
