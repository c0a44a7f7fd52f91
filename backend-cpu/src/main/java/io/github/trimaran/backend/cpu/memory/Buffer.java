package io.github.trimaran.backend.cpu.memory;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Java array that several views share. It counts them, and goes back to its pool when the last is
 * gone, so views can be released in any order.
 */
public final class Buffer {

  private final Object array;
  private final Buffers pool;
  private final AtomicInteger references = new AtomicInteger(1);

  /** A buffer with one reference. */
  Buffer(Object array, Buffers pool) {
    this.array = array;
    this.pool = pool;
  }

  /**
   * The {@code float[]}, {@code double[]}, {@code long[]} or {@code boolean[]}; may be longer than
   * asked.
   */
  public Object array() {
    return array;
  }

  /** The array as float32. */
  public float[] floats() {
    return (float[]) array;
  }

  /** Counts one more view. */
  Buffer retain() {
    references.incrementAndGet();
    return this;
  }

  /** Counts one view less. */
  public void release() {
    int left = references.decrementAndGet();
    if (left == 0) {
      pool.recycle(array);
    } else if (left < 0) {
      throw new IllegalStateException("cpu: buffer released more often than it was retained");
    }
  }
}
