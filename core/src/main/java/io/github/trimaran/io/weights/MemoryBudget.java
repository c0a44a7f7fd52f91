package io.github.trimaran.io.weights;

/**
 * How much memory the arrays of one file may take; keeps a file that lies about itself from filling
 * the heap.
 *
 * <pre>{@code
 * MemoryBudget budget = MemoryBudget.ofHeap();
 * budget.take(4L * count, file.toString(), "blob 'conv1'"); // then allocate
 * }</pre>
 */
public final class MemoryBudget {

  private final long limit;
  private long taken;

  private MemoryBudget(long limit) {
    this.limit = limit;
  }

  /** Half of the largest heap: what is read is soon copied to a backend or compared. */
  public static MemoryBudget ofHeap() {
    return new MemoryBudget(Runtime.getRuntime().maxMemory() / 2);
  }

  /** So many bytes. */
  public static MemoryBudget of(long bytes) {
    return new MemoryBudget(bytes);
  }

  /**
   * Asks for memory before it is allocated.
   *
   * @throws WeightFormatException if that would be more than there is
   */
  public void take(long bytes, String file, String what) throws WeightFormatException {
    taken += bytes;
    if (taken > limit) {
      throw new WeightFormatException(
          file,
          what
              + " brings the arrays to "
              + (taken >> 20)
              + " MB, more than half of the heap ("
              + (limit >> 20)
              + " MB): if the file is sound, give Java more memory with -Xmx");
    }
  }
}
