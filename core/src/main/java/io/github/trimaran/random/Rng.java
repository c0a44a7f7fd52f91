package io.github.trimaran.random;

import java.util.random.RandomGenerator;

/**
 * The source of everything random: initial weights, shuffles, dropout, augmentation.
 *
 * <pre>{@code
 * Rng rng = Rng.seeded(29);
 * int[] order = rng.fork("shuffle").permutation(100);
 * double noise = rng.fork("noise").nextGaussian();
 * }</pre>
 *
 * <p>SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"). The
 * JDK's generators hide their state and may change their Gaussian between releases; a run that is
 * to resume bit for bit needs a state of one {@code long} that can be saved, and the same numbers
 * on every machine. Not for cryptography, and not for use by several threads at once: {@link #fork}
 * gives each its own.
 */
public final class Rng implements RandomGenerator {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  private Rng(long state) {
    this.state = state;
  }

  /** A generator whose numbers follow from the seed. Neighbouring seeds give unrelated numbers. */
  public static Rng seeded(long seed) {
    return new Rng(mix(seed + GOLDEN_GAMMA));
  }

  /** A generator that goes on where the one whose {@link #state()} this was had stopped. */
  public static Rng restore(long state) {
    return new Rng(state);
  }

  /** All there is to save. */
  public long state() {
    return state;
  }

  /**
   * An independent generator for one purpose, which follows from this one's state and the name
   * alone. It does not advance this one, so a new purpose does not change the numbers of the
   * others.
   */
  public Rng fork(String purpose) {
    long hash = state;
    for (int i = 0; i < purpose.length(); i++) {
      hash = mix(hash + GOLDEN_GAMMA) ^ purpose.charAt(i);
    }
    return seeded(hash);
  }

  /** The same for a numbered purpose: an epoch, a sample, a worker. */
  public Rng fork(long index) {
    return seeded(mix(state ^ 0x5851F42D4C957F2DL) + index);
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** A uniform integer from 0 to {@code bound - 1}, without bias. */
  @Override
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("rng: bound must be at least 1, is " + bound);
    }
    // Lemire 2019, "Fast random integer generation in an interval", with rejection.
    long product = (nextLong() >>> 32) * bound;
    long low = product & 0xFFFFFFFFL;
    if (low < bound) {
      long threshold = (1L << 32) % bound;
      while (low < threshold) {
        product = (nextLong() >>> 32) * bound;
        low = product & 0xFFFFFFFFL;
      }
    }
    return (int) (product >>> 32);
  }

  /** Uniform in [0, 1) with 53 random bits. */
  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [{@code low}, {@code high}). */
  @Override
  public double nextDouble(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /**
   * Mean 0, variance 1; Box and Muller 1958, by {@link StrictMath} for the same bits everywhere.
   */
  @Override
  public double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  /** The numbers from 0 to {@code n - 1} in random order (Fisher and Yates). */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Where it stands: {@code Rng at state -7046029254386353131}. */
  @Override
  public String toString() {
    return "Rng at state " + state;
  }

  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
