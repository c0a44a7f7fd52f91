package io.github.trimaran.backend.nd4j;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A piece of native memory, aligned for vector loads, shared by the arrays that are views of one
 * another and given back when the last of them is released.
 */
final class Block {

  /** A cache line, and an AVX-512 register. */
  static final int ALIGNMENT = 64;

  private final NativeMemory memory;
  private final Pointer allocation;
  private final BytePointer start;
  private final int capacity;
  private final AtomicInteger users = new AtomicInteger();
  private final ByteBuffer bytes;
  private final IntBuffer ints;
  private final FloatBuffer floats;
  private final DoubleBuffer doubles;
  private final LongBuffer longs;

  Block(NativeMemory memory, Pointer allocation, int capacity) {
    this.memory = memory;
    this.allocation = allocation;
    this.capacity = capacity;
    long past = allocation.address() % ALIGNMENT;
    this.start =
        new BytePointer(allocation).getPointer(past == 0 ? 0 : ALIGNMENT - past).capacity(capacity);
    this.bytes = start.asByteBuffer().order(ByteOrder.nativeOrder());
    this.ints = bytes.asIntBuffer();
    this.floats = bytes.asFloatBuffer();
    this.doubles = bytes.asDoubleBuffer();
    this.longs = bytes.asLongBuffer();
  }

  int capacity() {
    return capacity;
  }

  /** What the allocator gave. */
  Pointer allocation() {
    return allocation;
  }

  /** The address that many bytes from the start. */
  BytePointer pointer(long offset) {
    return start.getPointer(offset);
  }

  ByteBuffer bytes() {
    return bytes;
  }

  IntBuffer ints() {
    return ints;
  }

  FloatBuffer floats() {
    return floats;
  }

  DoubleBuffer doubles() {
    return doubles;
  }

  LongBuffer longs() {
    return longs;
  }

  /** Counts one more array. */
  Block retain() {
    users.incrementAndGet();
    return this;
  }

  /** Counts one array less; the last one's memory goes back to the pool. */
  void release() {
    if (users.decrementAndGet() == 0) {
      memory.recycle(this);
    }
  }
}
