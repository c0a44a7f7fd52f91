package io.github.trimaran.vision.digits;

/** The level that parts a picture into dark and bright. */
final class Threshold {

  private static final int LEVELS = 256;

  private Threshold() {}

  /** The one with the largest variance between both parts (Otsu 1979): from it on is bright. */
  static double of(Plane levels) {
    int[] counts = new int[LEVELS];
    double total = 0;
    for (float level : levels.values()) {
      int bin = Math.max(0, Math.min(LEVELS - 1, (int) level));
      counts[bin]++;
      total += bin;
    }
    int size = levels.values().length;
    int best = 0;
    double most = -1;
    int below = 0;
    double sum = 0;
    for (int level = 0; level < LEVELS - 1; level++) {
      below += counts[level];
      sum += (double) level * counts[level];
      if (below == 0 || below == size) {
        continue;
      }
      double difference = sum / below - (total - sum) / (size - below);
      double between = (double) below * (size - below) * difference * difference;
      if (between > most) {
        most = between;
        best = level;
      }
    }
    return best + 1;
  }
}
