package io.github.trimaran.naive;

import io.github.trimaran.array.HostArray;

/** An array of the {@link NaiveBackend}: dense values, and whether they were given back. */
public final class NaiveArray {

  private final HostArray values;
  private boolean released;

  NaiveArray(HostArray values) {
    this.values = values;
  }

  /**
   * The values.
   *
   * @throws IllegalStateException after release
   */
  public synchronized HostArray values() {
    if (released) {
      throw new IllegalStateException("naive: used after release: " + values);
    }
    return values;
  }

  synchronized void release() {
    if (released) {
      throw new IllegalStateException("naive: released twice: " + values);
    }
    released = true;
  }
}
