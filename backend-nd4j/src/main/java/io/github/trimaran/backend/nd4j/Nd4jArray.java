package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.BytePointer;

/**
 * A dense row-major array in native memory. Arrays of one block are views of each other under
 * another shape; each is released on its own. An empty array has no memory.
 *
 * <p>ND4J's own INDArray has no place here: closing one closes every view of it, and the layout of
 * its results depends on the operation.
 */
public final class Nd4jArray {

  private final Shape shape;
  private final DType dtype;
  private final Block block;
  private final AtomicBoolean released = new AtomicBoolean();

  Nd4jArray(Shape shape, DType dtype, Block block) {
    this.shape = shape;
    this.dtype = dtype;
    this.block = block == null ? null : block.retain();
  }

  Shape shape() {
    return shape;
  }

  DType dtype() {
    return dtype;
  }

  /** The number of elements. */
  int size() {
    return shape.size();
  }

  Block block() {
    return block;
  }

  /** The address of the element at a row-major position. */
  BytePointer pointer(long element) {
    return block.pointer(element * dtype.bytes());
  }

  ByteBuffer bytes() {
    return block.bytes();
  }

  IntBuffer ints() {
    return block.ints();
  }

  FloatBuffer floats() {
    return block.floats();
  }

  DoubleBuffer doubles() {
    return block.doubles();
  }

  LongBuffer longs() {
    return block.longs();
  }

  /** Gives the memory back unless another view holds it; false if that was done before. */
  boolean release() {
    if (!released.compareAndSet(false, true)) {
      return false;
    }
    if (block != null) {
      block.release();
    }
    return true;
  }

  @Override
  public String toString() {
    return dtype + " " + shape + (released.get() ? " (released)" : "");
  }
}
