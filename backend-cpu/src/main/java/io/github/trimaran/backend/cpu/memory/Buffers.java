package io.github.trimaran.backend.cpu.memory;

import io.github.trimaran.array.DType;
import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;

/**
 * Lends Java arrays and takes them back, so that a training loop in its steady state allocates
 * none.
 *
 * <p>New large arrays are expensive: the JVM zeroes them and the operating system maps them page by
 * page. Arrays are kept by element type and size class; there are eight classes for each power of
 * two, so at most an eighth of an array is unused. What lies idle is bounded: when the bound is
 * reached everything idle is left to the garbage collector, and the next step lends anew what it
 * needs.
 */
public final class Buffers {

  private static final int SMALLEST = 16;
  private static final int CLASSES = 32 * 8;

  private final Map<DType, ArrayDeque<Object>[]> idle = new EnumMap<>(DType.class);
  private final long limitBytes;
  private long idleBytes;

  /** A pool whose idle arrays take at most that many bytes. */
  public Buffers(long limitBytes) {
    this.limitBytes = limitBytes;
    for (DType dtype : DType.values()) {
      idle.put(dtype, emptyClasses());
    }
  }

  @SuppressWarnings("unchecked") // Java has no generic array creation.
  private static ArrayDeque<Object>[] emptyClasses() {
    return (ArrayDeque<Object>[]) new ArrayDeque<?>[CLASSES];
  }

  /** An array of at least {@code size} elements that hold anything. */
  Buffer acquire(DType dtype, int size) {
    int sizeClass = sizeClass(size);
    synchronized (this) {
      ArrayDeque<Object> free = idle.get(dtype)[sizeClass];
      if (free != null && !free.isEmpty()) {
        Object array = free.pop();
        idleBytes -= bytes(array);
        return new Buffer(array, this);
      }
    }
    return new Buffer(allocate(dtype, capacity(sizeClass)), this);
  }

  /** Takes an array back. */
  synchronized void recycle(Object array) {
    long bytes = bytes(array);
    if (bytes > limitBytes) {
      return;
    }
    if (idleBytes + bytes > limitBytes) {
      clear();
    }
    ArrayDeque<Object>[] classes = idle.get(dtype(array));
    int sizeClass = sizeClass(Array.getLength(array));
    if (classes[sizeClass] == null) {
      classes[sizeClass] = new ArrayDeque<>();
    }
    classes[sizeClass].push(array);
    idleBytes += bytes;
  }

  /** The bytes of the arrays nobody uses. */
  synchronized long idleBytes() {
    return idleBytes;
  }

  /** Leaves what is idle to the garbage collector. */
  synchronized void clear() {
    idle.replaceAll((dtype, classes) -> emptyClasses());
    idleBytes = 0;
  }

  private Object allocate(DType dtype, int length) {
    try {
      return newArray(dtype, length);
    } catch (OutOfMemoryError e) {
      clear();
      return newArray(dtype, length);
    }
  }

  private static Object newArray(DType dtype, int length) {
    return switch (dtype) {
      case FLOAT32 -> new float[length];
      case FLOAT64 -> new double[length];
      case INT64 -> new long[length];
      case BOOL -> new boolean[length];
    };
  }

  private static DType dtype(Object array) {
    if (array instanceof float[]) {
      return DType.FLOAT32;
    }
    if (array instanceof double[]) {
      return DType.FLOAT64;
    }
    return array instanceof long[] ? DType.INT64 : DType.BOOL;
  }

  private static long bytes(Object array) {
    return (long) Array.getLength(array) * dtype(array).bytes();
  }

  /** The smallest class whose capacity is at least {@code size}. */
  static int sizeClass(int size) {
    int rounded = Math.max(size, SMALLEST) - 1;
    int power = 31 - Integer.numberOfLeadingZeros(rounded);
    int eighth = (rounded >>> (power - 3)) & 7;
    return power * 8 + eighth;
  }

  /** The elements an array of that class has; a little less than 2^31 at most. */
  static int capacity(int sizeClass) {
    int power = sizeClass / 8;
    int eighth = sizeClass % 8;
    long capacity = (9L + eighth) << (power - 3);
    return (int) Math.min(capacity, Integer.MAX_VALUE - 8);
  }
}
