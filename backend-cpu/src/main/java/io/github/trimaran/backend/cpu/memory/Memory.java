package io.github.trimaran.backend.cpu.memory;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Makes and counts the arrays that a backend hands out. */
public final class Memory {

  private final Buffers buffers;
  private final Workers workers;
  private final AtomicLong live = new AtomicLong();
  private volatile boolean closed;

  /** With this pool, and threads to copy with. */
  public Memory(Buffers buffers, Workers workers) {
    this.buffers = buffers;
    this.workers = workers;
  }

  /** Arrays handed out and not released; none when closed. */
  public long live() {
    return closed ? 0 : live.get();
  }

  /** Leaves all arrays, idle and live, to the garbage collector. */
  public void close() {
    closed = true;
    buffers.clear();
  }

  /** Whether the backend was closed. */
  public boolean isClosed() {
    return closed;
  }

  /** A dense array whose elements hold anything. */
  public CpuArray allocate(DType dtype, Shape shape) {
    live.incrementAndGet();
    return new CpuArray(dtype, Layout.dense(shape), buffers.acquire(dtype, shape.size()));
  }

  /** A dense array of zeros. */
  public CpuArray zeros(DType dtype, Shape shape) {
    CpuArray array = allocate(dtype, shape);
    fill(array, 0);
    return array;
  }

  /** The elements of {@code a} under another layout; shares its buffer. */
  public CpuArray view(CpuArray a, Layout layout) {
    Buffer shared = a.buffer().retain();
    live.incrementAndGet();
    return new CpuArray(a.dtype(), layout, shared);
  }

  /** A dense array of the same elements. */
  public CpuArray copy(CpuArray a) {
    CpuArray copy = allocate(a.dtype(), a.shape());
    StridedCopy.copy(workers, a.array(), a.layout(), copy.array(), copy.layout());
    return copy;
  }

  /** {@code a} as a dense array: a view if it is one, else a copy; the caller releases it. */
  public CpuArray dense(CpuArray a) {
    return a.isDense() ? view(a, Layout.dense(a.shape())) : copy(a);
  }

  /** Makes {@code a} itself dense, in memory of its own if need be. */
  public void makeDense(CpuArray a) {
    if (!a.isDense()) {
      Buffer buffer = buffers.acquire(a.dtype(), a.size());
      Layout layout = Layout.dense(a.shape());
      StridedCopy.copy(workers, a.array(), a.layout(), buffer.array(), layout);
      a.replace(buffer, layout);
    }
  }

  /** Copies {@code value}, of the same shape and type, into {@code target}. */
  public void assign(CpuArray target, CpuArray value) {
    // The two may overlap, and elements of a broadcast target share memory: write to new memory.
    Buffer buffer = buffers.acquire(target.dtype(), target.size());
    Layout layout = Layout.dense(target.shape());
    StridedCopy.copy(workers, value.array(), value.layout(), buffer.array(), layout);
    target.replace(buffer, layout);
  }

  /** Joins arrays of one type along an axis. */
  public CpuArray concat(List<CpuArray> arrays, int axis) {
    int extent = 0;
    for (CpuArray a : arrays) {
      extent += a.shape().dim(axis);
    }
    Shape shape = arrays.get(0).shape().with(axis, extent);
    CpuArray joined = allocate(arrays.get(0).dtype(), shape);
    int[] start = new int[shape.rank()];
    int[] stop = shape.dims();
    int[] step = new int[shape.rank()];
    Arrays.fill(step, 1);
    for (CpuArray a : arrays) {
      stop[axis] = start[axis] + a.shape().dim(axis);
      Layout part = joined.layout().slice(start, stop, step);
      StridedCopy.copy(workers, a.array(), a.layout(), joined.array(), part);
      start[axis] = stop[axis];
    }
    return joined;
  }

  /** A buffer for intermediate values; the caller releases it. */
  public Buffer scratch(DType dtype, int size) {
    return buffers.acquire(dtype, size);
  }

  /** Gives an array back; when closed, does nothing. */
  public void release(CpuArray a) {
    if (closed) {
      return;
    }
    if (!a.drop()) {
      throw new IllegalStateException("cpu: array " + a + " was released twice");
    }
    live.decrementAndGet();
  }

  /** Sets all elements of a dense array. */
  public void fill(CpuArray dense, double value) {
    Object array = dense.array();
    workers.ranges(dense.size(), (from, to) -> fill(array, from, to, value));
  }

  /** Sets elements of a Java array; of truth values, whether the value is not 0. */
  public static void fill(Object array, int from, int to, double value) {
    if (array instanceof float[] floats) {
      Arrays.fill(floats, from, to, (float) value);
    } else if (array instanceof double[] doubles) {
      Arrays.fill(doubles, from, to, value);
    } else if (array instanceof long[] longs) {
      Arrays.fill(longs, from, to, (long) value);
    } else {
      Arrays.fill((boolean[]) array, from, to, value != 0);
    }
  }
}
