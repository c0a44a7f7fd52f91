package io.github.trimaran.backend.nd4j;

/**
 * Max pooling of a float plane without branches that depend on the values: such branches are
 * mispredicted half the time, which costs more than all else.
 *
 * <p>The bits of a float, those of negative ones turned over, are an integer that compares as the
 * float does. The greatest of a window is found by integer maxima, its place by integer
 * differences.
 */
final class MaxKeys {

  private static final int MAGNITUDE = 0x7fffffff;
  private static final int INFINITY = 0x7f800000;

  private MaxKeys() {}

  /**
   * Pools a plane; false, and nothing is written, if it holds a NaN.
   *
   * @param values where the maxima go, or null
   */
  static boolean pool(
      Pooling.Window window, Nd4jArray input, int number, Nd4jArray values, Nd4jArray indices) {
    Scratch scratch = Scratch.get();
    int planeIn = window.planeIn();
    int planeOut = window.planeOut();
    float[] plane = scratch.floats(0, planeIn);
    int[] keys = scratch.ints(0, planeIn);
    input.floats().get(number * planeIn, plane, 0, planeIn);
    if (!keys(plane, keys, planeIn)) {
      return false;
    }
    int[] places = scratch.ints(1, planeOut);
    if (window.isTwoByTwo()) {
      twoByTwo(window, keys, places);
    } else {
      anyWindow(window, keys, places);
    }
    long[] wide = scratch.longs(0, planeOut);
    for (int at = 0; at < planeOut; at++) {
      wide[at] = places[at];
    }
    indices.longs().put(number * planeOut, wide, 0, planeOut);
    if (values != null) {
      float[] maxima = scratch.floats(1, planeOut);
      for (int at = 0; at < planeOut; at++) {
        maxima[at] = plane[places[at]];
      }
      values.floats().put(number * planeOut, maxima, 0, planeOut);
    }
    return true;
  }

  /** False if there is a NaN. Adding 0 makes a negative zero positive: they must compare equal. */
  private static boolean keys(float[] plane, int[] keys, int count) {
    int notANumber = 0;
    for (int i = 0; i < count; i++) {
      int bits = Float.floatToRawIntBits(plane[i] + 0f);
      notANumber |= INFINITY - (bits & MAGNITUDE);
      keys[i] = bits ^ ((bits >> 31) & MAGNITUDE);
    }
    return notANumber >= 0;
  }

  private static void twoByTwo(Pooling.Window window, int[] keys, int[] places) {
    int width = window.width();
    int outputW = window.outputW();
    for (int y = 0; y < window.outputH(); y++) {
      int top = 2 * y * width;
      for (int x = 0; x < outputW; x++) {
        int at = top + 2 * x;
        int a = keys[at];
        int b = keys[at + 1];
        int c = keys[at + width];
        int d = keys[at + width + 1];
        int greatest = Math.max(Math.max(a, b), Math.max(c, d));
        int notA = differ(a, greatest);
        int notB = differ(b, greatest);
        int notC = differ(c, greatest);
        places[y * outputW + x] = at + notA * (1 + notB * (width - 1 + notC));
      }
    }
  }

  /** 1 where two integers differ, else 0. */
  private static int differ(int a, int b) {
    int difference = a ^ b;
    return (difference | -difference) >>> 31;
  }

  private static void anyWindow(Pooling.Window window, int[] keys, int[] places) {
    int width = window.width();
    for (int y = 0, at = 0; y < window.outputH(); y++) {
      int firstRow = Math.max(window.top(y), 0);
      int bottom = window.bottom(y);
      for (int x = 0; x < window.outputW(); x++, at++) {
        int first = Math.max(window.left(x), 0);
        int right = window.right(x);
        int greatest = Integer.MIN_VALUE;
        for (int row = firstRow * width; row < bottom * width; row += width) {
          for (int column = first; column < right; column++) {
            greatest = Math.max(greatest, keys[row + column]);
          }
        }
        places[at] = find(keys, greatest, firstRow * width + first, right - first, width);
      }
    }
  }

  /** The first place of that key, in rows of {@code count} from {@code start}. */
  private static int find(int[] keys, int key, int start, int count, int width) {
    for (int row = start; ; row += width) {
      for (int at = row; at < row + count; at++) {
        if (keys[at] == key) {
          return at;
        }
      }
    }
  }
}
