package io.github.trimaran.backend.cpu.memory;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;

/**
 * The array of the pure-Java backend: a buffer, which other arrays may share, and a layout that
 * says where in it the elements lie. Made, changed and released only by {@link CpuBackend}.
 */
public final class CpuArray {

  private final DType dtype;
  private Layout layout;
  private Buffer buffer;

  /** An array over one reference to the buffer, which it takes over. */
  CpuArray(DType dtype, Layout layout, Buffer buffer) {
    this.dtype = dtype;
    this.layout = layout;
    this.buffer = buffer;
  }

  /** The shape. */
  public Shape shape() {
    return layout.shape();
  }

  /** The element type. */
  public DType dtype() {
    return dtype;
  }

  /** The number of elements. */
  public int size() {
    return layout.shape().size();
  }

  /** Where the elements lie in the buffer. */
  public Layout layout() {
    return layout;
  }

  Buffer buffer() {
    if (buffer == null) {
      throw new IllegalStateException("cpu: array " + this + " was used after its release");
    }
    return buffer;
  }

  /** The Java array of the buffer. */
  public Object array() {
    return buffer().array();
  }

  /** The Java array of a float32 buffer. */
  public float[] floats() {
    return buffer().floats();
  }

  /** Reads and writes float32 and float64 alike, by address. */
  public Reals reals() {
    return Reals.of(array());
  }

  /** Whether the element at row-major position {@code i} is element {@code i} of the Java array. */
  public boolean isDense() {
    return layout.isDense();
  }

  /** Gives this array other memory; the old buffer loses one reference. */
  void replace(Buffer other, Layout otherLayout) {
    Buffer old = buffer();
    buffer = other;
    layout = otherLayout;
    old.release();
  }

  /** Drops the buffer. False if that was done before. */
  synchronized boolean drop() {
    if (buffer == null) {
      return false;
    }
    buffer.release();
    buffer = null;
    return true;
  }

  @Override
  public String toString() {
    return dtype + " " + layout;
  }
}
