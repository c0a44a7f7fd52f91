package io.github.trimaran.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RngTest {

  /** The values of SplitMix64 for these states that Rosetta Code and the reference in C print. */
  @Test
  void givesThePublishedNumbers() {
    Rng fromZero = Rng.restore(0);
    assertThat(fromZero.nextLong()).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(fromZero.nextLong()).isEqualTo(0x6E789E6AA1B965F4L);
    Rng other = Rng.restore(1234567);
    assertThat(Long.toUnsignedString(other.nextLong())).isEqualTo("6457827717110365317");
    assertThat(Long.toUnsignedString(other.nextLong())).isEqualTo("3203168211198807973");
    assertThat(Long.toUnsignedString(other.nextLong())).isEqualTo("9817491932198370423");
  }

  @Test
  void goesOnFromASavedState() {
    Rng rng = Rng.seeded(7);
    rng.nextGaussian();
    Rng restored = Rng.restore(rng.state());
    for (int i = 0; i < 100; i++) {
      assertThat(restored.nextGaussian()).isEqualTo(rng.nextGaussian());
      assertThat(restored.nextInt(10)).isEqualTo(rng.nextInt(10));
    }
  }

  @Test
  void seedsMatter() {
    assertThat(Rng.seeded(1).nextLong()).isEqualTo(Rng.seeded(1).nextLong());
    assertThat(Rng.seeded(1).nextLong()).isNotEqualTo(Rng.seeded(2).nextLong());
  }

  /** Chi-square of 100 bins; 148.2 is the 0.999 quantile for 99 degrees of freedom. */
  @Test
  void doublesAreUniform() {
    Rng rng = Rng.seeded(1);
    int[] counts = new int[100];
    for (int i = 0; i < 200_000; i++) {
      double value = rng.nextDouble();
      assertThat(value >= 0 && value < 1).isTrue();
      counts[(int) (value * 100)]++;
    }
    assertThat(chiSquare(counts, 200_000)).isLessThan(148.2);
  }

  @Test
  void boundedDoublesStayInside() {
    Rng rng = Rng.seeded(2);
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      double value = rng.nextDouble(-3, 5);
      assertThat(value >= -3 && value < 5).isTrue();
      sum += value;
    }
    assertThat(sum / 100_000).isCloseTo(1, within(0.05));
  }

  /** Chi-square of 7 bins; 22.46 is the 0.999 quantile for 6 degrees of freedom. */
  @Test
  void smallIntegersAreUniform() {
    Rng rng = Rng.seeded(3);
    int[] counts = new int[7];
    for (int i = 0; i < 70_000; i++) {
      counts[rng.nextInt(7)]++;
    }
    assertThat(chiSquare(counts, 70_000)).isLessThan(22.46);
  }

  /**
   * For a bound of 3/8 of 2^32, scaling without rejection hits each third value twice as likely as
   * others do: residues modulo 3 would be as 2 : 3 : 3. 13.8 is the 0.999 quantile for 2 degrees of
   * freedom.
   */
  @Test
  void largeIntegersAreWithoutBias() {
    Rng rng = Rng.seeded(4);
    int bound = 3 << 29;
    int[] counts = new int[3];
    for (int i = 0; i < 90_000; i++) {
      counts[rng.nextInt(bound) % 3]++;
    }
    assertThat(chiSquare(counts, 90_000)).isLessThan(13.8);
    assertThatThrownBy(() -> rng.nextInt(0)).hasMessage("rng: bound must be at least 1, is 0");
    assertThat(rng.nextInt(1)).isZero();
  }

  @Test
  void gaussiansHaveTheirMoments() {
    Rng rng = Rng.seeded(5);
    int n = 200_000;
    double[] moments = new double[5];
    int within1 = 0;
    for (int i = 0; i < n; i++) {
      double value = rng.nextGaussian();
      for (int k = 1; k <= 4; k++) {
        moments[k] += Math.pow(value, k) / n;
      }
      within1 += Math.abs(value) < 1 ? 1 : 0;
    }
    assertThat(moments[1]).isCloseTo(0, within(0.01));
    assertThat(moments[2]).isCloseTo(1, within(0.02));
    assertThat(moments[3]).isCloseTo(0, within(0.04));
    assertThat(moments[4]).isCloseTo(3, within(0.1));
    assertThat(within1 / (double) n).isCloseTo(0.6827, within(0.005));
  }

  /** Chi-square of the 24 orders of 4; 49.7 is the 0.999 quantile for 23 degrees of freedom. */
  @Test
  void permutationsAreUniform() {
    Rng rng = Rng.seeded(6);
    int[] counts = new int[256];
    for (int i = 0; i < 48_000; i++) {
      int[] order = rng.permutation(4);
      counts[order[0] + 4 * order[1] + 16 * order[2] + 64 * order[3]]++;
    }
    int[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
    assertThat(seen).hasSize(24);
    assertThat(chiSquare(seen, 48_000)).isLessThan(49.7);
    assertThat(rng.permutation(0)).isEmpty();
  }

  @Test
  void forksDependOnStateAndPurposeAlone() {
    Rng rng = Rng.seeded(8);
    long state = rng.state();
    long forked = rng.fork("shuffle").nextLong();
    assertThat(rng.state()).isEqualTo(state);
    assertThat(rng.fork("shuffle").nextLong()).isEqualTo(forked);
    assertThat(rng.fork("dropout").nextLong()).isNotEqualTo(forked);
    assertThat(rng.fork("").nextLong()).isNotEqualTo(Rng.restore(state).nextLong());
    rng.nextLong();
    assertThat(rng.fork("shuffle").nextLong()).isNotEqualTo(forked);
  }

  /** Correlations of independent streams of n numbers have a standard deviation of 1 / sqrt(n). */
  @Test
  void forksAreUncorrelated() {
    Rng parent = Rng.seeded(9);
    Rng[] streams = {
      parent.fork(0), parent.fork(1), parent.fork(2), parent.fork("a"), parent.fork("b"), parent
    };
    int n = 20_000;
    double[][] values = new double[streams.length][n];
    for (int i = 0; i < streams.length; i++) {
      for (int k = 0; k < n; k++) {
        values[i][k] = streams[i].nextGaussian();
      }
    }
    for (int i = 0; i < streams.length; i++) {
      for (int j = 0; j < i; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += values[i][k] * values[j][k];
        }
        assertThat(sum / n).as("streams %d and %d", i, j).isCloseTo(0, within(4.5 / Math.sqrt(n)));
      }
    }
  }

  private static double chiSquare(int[] counts, int total) {
    double expected = total / (double) counts.length;
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }
}
