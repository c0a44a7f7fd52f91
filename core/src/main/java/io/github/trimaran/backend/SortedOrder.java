package io.github.trimaran.backend;

/**
 * The order that sorts numbers, for backends whose library has none that is stable:
 *
 * <pre>{@code
 * double[] values = {2, Double.NaN, -1};
 * long[] keys = new long[values.length];
 * Arrays.setAll(keys, i -> SortedOrder.key(values[i]));
 * int[] order = SortedOrder.of(keys);
 * }</pre>
 *
 * <p>Merges ever longer runs of keys and of their indices, side by side.
 */
public final class SortedOrder {

  /** Shorter runs are faster sorted by insertion. */
  private static final int RUN = 16;

  private SortedOrder() {}

  /** An integer that compares as the number does: 0 and -0 are equal, and NaN is the greatest. */
  public static long key(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  /** The indices in ascending order of their keys; equal ones stay in order. The keys change. */
  public static int[] of(long... keys) {
    int[] order = new int[keys.length];
    for (int start = 0; start < keys.length; start += RUN) {
      insert(keys, order, start, Math.min(start + RUN, keys.length));
    }
    long[] from = keys;
    int[] fromOrder = order;
    long[] to = new long[keys.length > RUN ? keys.length : 0];
    int[] toOrder = new int[to.length];
    for (long run = RUN; run < keys.length; run *= 2) {
      for (long start = 0; start < keys.length; start += 2 * run) {
        int middle = (int) Math.min(start + run, keys.length);
        int end = (int) Math.min(start + 2 * run, keys.length);
        merge(from, fromOrder, to, toOrder, (int) start, middle, end);
      }
      long[] merged = to;
      int[] mergedOrder = toOrder;
      to = from;
      toOrder = fromOrder;
      from = merged;
      fromOrder = mergedOrder;
    }
    return fromOrder;
  }

  private static void insert(long[] keys, int[] order, int start, int end) {
    for (int i = start; i < end; i++) {
      long key = keys[i];
      int at = i;
      for (; at > start && keys[at - 1] > key; at--) {
        keys[at] = keys[at - 1];
        order[at] = order[at - 1];
      }
      keys[at] = key;
      order[at] = i;
    }
  }

  private static void merge(
      long[] from, int[] fromOrder, long[] to, int[] toOrder, int start, int middle, int end) {
    int left = start;
    int right = middle;
    for (int at = start; at < end; at++) {
      boolean takeLeft = right >= end || (left < middle && from[left] <= from[right]);
      int taken = takeLeft ? left++ : right++;
      to[at] = from[taken];
      toOrder[at] = fromOrder[taken];
    }
  }
}
