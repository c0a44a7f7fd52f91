package io.github.trimaran.backend.nd4j;

/**
 * Heap arrays of one thread through which kernels read and write native memory, a cache-sized piece
 * at a time: copying is cheap, and only loops over heap arrays are turned into vector code by the
 * JIT.
 */
final class Scratch {

  /** Elements of one piece: four operands of doubles fit the first-level cache. */
  static final int LENGTH = 1024;

  /** Elements of what one thread does at a time; a multiple of {@link #LENGTH}. */
  static final int GRAIN = 64 * LENGTH;

  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);
  private static final int SLOTS = 4;

  private final float[][] floats = new float[SLOTS][0];
  private final double[][] doubles = new double[SLOTS][0];
  private final int[][] ints = new int[SLOTS][0];
  private final long[][] longs = new long[SLOTS][0];
  private final byte[][] bytes = new byte[SLOTS][0];

  private Scratch() {}

  static Scratch get() {
    return OF_THREAD.get();
  }

  /** At least {@link #LENGTH} floats of any content, always the same ones for a slot. */
  float[] floats(int slot) {
    return floats(slot, LENGTH);
  }

  /** At least that many floats. */
  float[] floats(int slot, int length) {
    if (floats[slot].length < length) {
      floats[slot] = new float[Math.max(length, LENGTH)];
    }
    return floats[slot];
  }

  double[] doubles(int slot) {
    return doubles(slot, LENGTH);
  }

  double[] doubles(int slot, int length) {
    if (doubles[slot].length < length) {
      doubles[slot] = new double[Math.max(length, LENGTH)];
    }
    return doubles[slot];
  }

  int[] ints(int slot, int length) {
    if (ints[slot].length < length) {
      ints[slot] = new int[Math.max(length, LENGTH)];
    }
    return ints[slot];
  }

  long[] longs(int slot) {
    return longs(slot, LENGTH);
  }

  long[] longs(int slot, int length) {
    if (longs[slot].length < length) {
      longs[slot] = new long[Math.max(length, LENGTH)];
    }
    return longs[slot];
  }

  byte[] bytes(int slot) {
    if (bytes[slot].length < LENGTH) {
      bytes[slot] = new byte[LENGTH];
    }
    return bytes[slot];
  }
}
