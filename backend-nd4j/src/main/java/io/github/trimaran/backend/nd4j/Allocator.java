package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Pointer;

/** Makes arrays and takes them back, and counts them. */
final class Allocator {

  private final NativeMemory memory = new NativeMemory();
  private final AtomicLong live = new AtomicLong();
  private volatile boolean closed;

  /** Arrays made and not released; none when closed. */
  long live() {
    return closed ? 0 : live.get();
  }

  /** Frees all arrays. */
  void close() {
    closed = true;
    memory.close();
  }

  boolean isClosed() {
    return closed;
  }

  NativeMemory memory() {
    return memory;
  }

  /** An array of any content. */
  Nd4jArray create(Shape shape, DType dtype) {
    Block block = shape.isEmpty() ? null : memory.allocate((long) shape.size() * dtype.bytes());
    live.incrementAndGet();
    return new Nd4jArray(shape, dtype, block);
  }

  /**
   * An array that {@code fill} writes, and that is released if it fails. An empty array is not
   * filled: no kernel ever sees one as its result.
   */
  Nd4jArray create(Shape shape, DType dtype, Consumer<Nd4jArray> fill) {
    Nd4jArray array = create(shape, dtype);
    if (array.size() > 0) {
      releaseOnFailure(array, fill);
    }
    return array;
  }

  /** The same, holding zeros before {@code fill}. */
  Nd4jArray zeros(Shape shape, DType dtype, Consumer<Nd4jArray> fill) {
    return create(
        shape,
        dtype,
        array -> {
          clear(array);
          fill.accept(array);
        });
  }

  /** The same memory under another shape of the same size. */
  Nd4jArray view(Nd4jArray array, Shape shape) {
    live.incrementAndGet();
    return new Nd4jArray(shape, array.dtype(), array.block());
  }

  /** Gives an array back; when closed, does nothing. */
  void release(Nd4jArray array) {
    if (closed) {
      return;
    }
    if (!array.release()) {
      throw new IllegalStateException("nd4j: released twice: " + array);
    }
    live.decrementAndGet();
  }

  /** Runs {@code body} on a scratch array of any content that is gone afterwards. */
  void scratch(Shape shape, DType dtype, Consumer<Nd4jArray> body) {
    Nd4jArray array = create(shape, dtype);
    try {
      body.accept(array);
    } finally {
      release(array);
    }
  }

  static void clear(Nd4jArray array) {
    if (array.size() > 0) {
      Pointer.memset(array.pointer(0), 0, (long) array.size() * array.dtype().bytes());
    }
  }

  private void releaseOnFailure(Nd4jArray array, Consumer<Nd4jArray> fill) {
    boolean done = false;
    try {
      fill.accept(array);
      done = true;
    } finally {
      if (!done) {
        release(array);
      }
    }
  }
}
