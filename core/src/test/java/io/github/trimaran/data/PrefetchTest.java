package io.github.trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An epoch whose decoding takes as long as its steps, with and without a thread that reads ahead:
 * prints both times and their ratio (two cores that are free: at most 0.65), and requires the same
 * numbers. It does not fail for being slow: other programs may be at work.
 */
@Tag("soak")
class PrefetchTest {

  private static final int BATCHES = 100;
  private static final int SAMPLES_A_BATCH = 8;

  /** About as much work whenever it is called: some ten million steps of a generator. */
  private static long work(long seed, int rounds) {
    long state = seed;
    for (int i = 0; i < rounds; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
    }
    return state;
  }

  private static long epoch(DataLoader loader, int number) {
    long sum = 0;
    for (Batch batch : loader.epoch(number)) {
      long[] values = batch.input().longs();
      sum = 31 * sum + Arrays.hashCode(values) + work(values[0], SAMPLES_A_BATCH * 2_000_000);
    }
    return sum;
  }

  @Test
  void readingAheadTakesHalfTheTime() {
    Samples samples =
        Samples.of(
            BATCHES * SAMPLES_A_BATCH,
            i -> {
              long[] decoded = {work(i, 2_000_000)};
              return Sample.of(HostArray.of(decoded, Shape.of(1)), 0);
            });
    DataLoader serial = new DataLoader(samples, SAMPLES_A_BATCH);
    for (int workers = 1; workers <= 2; workers++) {
      try (DataLoader ahead = serial.workers(workers)) {
        assertThat(epoch(ahead, 0)).isEqualTo(epoch(serial, 0)); // and warm
        double best = Double.POSITIVE_INFINITY;
        for (int round = 1; round <= 3; round++) {
          long start = System.nanoTime();
          long expected = epoch(serial, round);
          long middle = System.nanoTime();
          assertThat(epoch(ahead, round)).isEqualTo(expected);
          double ratio = (double) (System.nanoTime() - middle) / (middle - start);
          best = Math.min(best, ratio);
          System.out.printf(
              Locale.ROOT,
              "prefetch, %d threads: serial %.2f s, ratio %.3f%n",
              workers,
              (middle - start) * 1e-9,
              ratio);
        }
        System.out.printf(Locale.ROOT, "prefetch, %d threads: best ratio %.3f%n", workers, best);
      }
    }
  }
}
