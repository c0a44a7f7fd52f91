package io.github.trimaran.backend.nd4j;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;

/**
 * Allocates native memory and keeps what is given back for the next request of like size: a
 * training step asks for the same sizes again and again, and fresh pages cost more than the
 * arithmetic on them.
 *
 * <p>What is in use and what is kept together never exceed by much what was once in use at one
 * time.
 */
final class NativeMemory {

  private static final long SLACK = 64L << 20;
  private static final int SMALLEST = 256;

  private final Map<Integer, Deque<Block>> free = new HashMap<>();
  // Blocks are equal when they are the same.
  private final Set<Block> inUse = new HashSet<>();
  private boolean closed;
  private long used;
  private long kept;
  private long mostUsed;

  /**
   * A block of at least that many bytes, of any content.
   *
   * @throws IllegalArgumentException beyond 2^31 - 1 bytes
   * @throws IllegalStateException when closed
   * @throws OutOfMemoryError if the system has no more
   */
  synchronized Block allocate(long size) {
    if (closed) {
      throw new IllegalStateException("nd4j: the backend was closed");
    }
    int capacity = sizeClass(size);
    Deque<Block> candidates = free.get(capacity);
    Block block = candidates == null ? null : candidates.pollLast();
    if (block != null) {
      kept -= capacity;
    } else {
      if (used + kept + capacity > limit(used + capacity)) {
        trim();
      }
      block = new Block(this, malloc(capacity), capacity);
    }
    inUse.add(block);
    used += capacity;
    mostUsed = Math.max(mostUsed, used);
    return block;
  }

  /** Takes a block back; when closed, does nothing. */
  synchronized void recycle(Block block) {
    if (!inUse.remove(block)) {
      return;
    }
    used -= block.capacity();
    kept += block.capacity();
    free.computeIfAbsent(block.capacity(), c -> new ArrayDeque<>()).addLast(block);
  }

  /** Frees everything, what is in use too. */
  synchronized void close() {
    closed = true;
    trim();
    inUse.forEach(block -> Pointer.free(block.allocation()));
    inUse.clear();
    used = 0;
  }

  /** Bytes in use and kept. */
  synchronized long footprint() {
    return used + kept;
  }

  private long limit(long needed) {
    long most = Math.max(mostUsed, needed);
    return most + most / 4 + SLACK;
  }

  private Pointer malloc(int capacity) {
    Pointer allocation = Pointer.malloc((long) capacity + Block.ALIGNMENT);
    if (allocation == null || allocation.isNull()) {
      trim();
      allocation = Pointer.malloc((long) capacity + Block.ALIGNMENT);
    }
    if (allocation == null || allocation.isNull()) {
      throw new OutOfMemoryError(
          "nd4j: no native memory for " + capacity + " bytes; " + used + " are in use");
    }
    return allocation;
  }

  private void trim() {
    for (Deque<Block> blocks : free.values()) {
      blocks.forEach(block -> Pointer.free(block.allocation()));
    }
    free.clear();
    kept = 0;
  }

  /** Rounds up to one of eight sizes per doubling, so that similar sizes share. */
  private static int sizeClass(long size) {
    if (size > Integer.MAX_VALUE - 8L) {
      throw new IllegalArgumentException(
          "nd4j: an array of " + size + " bytes; one array holds at most 2 GB here");
    }
    if (size <= SMALLEST) {
      return SMALLEST;
    }
    int step = Integer.highestOneBit((int) size - 1) / 8;
    return (int) Math.min((size + step - 1) / step * step, Integer.MAX_VALUE - 8L);
  }
}
