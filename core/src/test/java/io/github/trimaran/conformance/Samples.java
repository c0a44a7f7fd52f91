package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;

/** Shapes and special operands drawn at random, small ones and awkward ones. */
final class Samples {

  private Samples() {}

  /** Any shape of rank {@code low} to {@code high}; extents 0 and 1 are not rare. */
  static Shape any(Rng rng, int low, int high) {
    int[] extents = new int[low + rng.nextInt(high - low + 1)];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = rng.nextInt(12) == 0 ? 0 : 1 + rng.nextInt(5);
    }
    return Shape.of(extents);
  }

  /** Any shape without extents of 0. */
  static Shape filled(Rng rng, int low, int high) {
    int[] extents = any(rng, low, high).dims();
    for (int i = 0; i < extents.length; i++) {
      extents[i] = Math.max(1, extents[i]);
    }
    return Shape.of(extents);
  }

  /** Two shapes that broadcast. */
  static Shape[] broadcasting(Rng rng) {
    Shape whole = any(rng, 0, 4);
    return new Shape[] {narrowed(rng, whole), narrowed(rng, whole)};
  }

  /** A shape that broadcasts to this one: some extents 1, some leading axes away. */
  static Shape narrowed(Rng rng, Shape whole) {
    int dropped = rng.nextInt(3) == 0 ? rng.nextInt(whole.rank() + 1) : 0;
    int[] extents = new int[whole.rank() - dropped];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = rng.nextInt(3) == 0 ? 1 : whole.dim(dropped + i);
    }
    return Shape.of(extents);
  }

  /** Values with many equal ones: whole numbers from -2 to 2. */
  static HostArray tied(Probe<?> p, int... extents) {
    HostArray values = HostArray.zeros(Shape.of(extents), p.dtype());
    for (int i = 0; i < values.shape().size(); i++) {
      values.set(i, p.rng().nextInt(5) - 2);
    }
    return values;
  }

  /** Truth values drawn at random. */
  static HostArray conditions(Probe<?> p, int... extents) {
    HostArray values = HostArray.zeros(Shape.of(extents), DType.BOOL);
    for (int i = 0; i < values.shape().size(); i++) {
      values.set(i, p.rng().nextInt(2));
    }
    return values;
  }

  /** These truth values. */
  static HostArray condition(boolean... values) {
    return HostArray.of(values, Shape.of(values.length));
  }

  /**
   * Distinct values from {@code from} on, a tenth apart, in random order: no kinks or ties near.
   */
  static HostArray spaced(Probe<?> p, double from, int... extents) {
    HostArray values = HostArray.zeros(Shape.of(extents), p.dtype());
    int[] order = p.rng().permutation(values.shape().size());
    for (int i = 0; i < order.length; i++) {
      values.set(i, from + 0.1 * order[i]);
    }
    return values;
  }
}
