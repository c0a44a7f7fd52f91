package io.github.trimaran.fuzz;

import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The short form of the fuzz tests: some thousands of inputs made from good ones by cutting,
 * overwriting, repeating and joining, the same in every run. The long form is coverage-guided, see
 * the profile {@code fuzz}.
 */
public final class Mutations {

  /** What reads an input. */
  @FunctionalInterface
  public interface Reader {
    /** Reads it, and lets nothing through but what it may not throw. */
    void read(byte[] input) throws IOException;
  }

  /** Bytes that formats give a meaning to. */
  private static final byte[] SPECIAL = {0, 1, 2, 7, 0x7f, (byte) 0x80, (byte) 0xff, '(', '.', '"'};

  private Mutations() {}

  /** Reads that many mutations of the seeds, each with a word on how to repeat it if it fails. */
  public static void check(List<byte[]> seeds, int count, Reader reader) {
    Rng rng = Rng.seeded(29);
    for (int i = 0; i < count; i++) {
      byte[] input = mutate(seeds, rng.fork(i));
      try {
        reader.read(input);
      } catch (IOException | RuntimeException | StackOverflowError e) {
        throw new AssertionError(
            "mutation "
                + i
                + ": "
                + HexFormat.of().formatHex(input, 0, Math.min(400, input.length)),
            e);
      }
    }
  }

  private static byte[] mutate(List<byte[]> seeds, Rng rng) {
    byte[] input = seeds.get(rng.nextInt(seeds.size())).clone();
    for (int round = 1 + rng.nextInt(6); round > 0; round--) {
      int at = rng.nextInt(input.length + 1);
      switch (rng.nextInt(6)) {
        case 0 -> input = Arrays.copyOf(input, at);
        case 1 -> overwrite(input, at, (byte) rng.nextInt(256));
        case 2 -> overwrite(input, at, SPECIAL[rng.nextInt(SPECIAL.length)]);
        case 3 -> input = splice(input, at, input, rng.nextInt(input.length + 1));
        case 4 -> {
          byte[] other = seeds.get(rng.nextInt(seeds.size()));
          input = splice(input, at, other, rng.nextInt(other.length + 1));
        }
        default -> input = without(input, at, rng.nextInt(8));
      }
    }
    return input;
  }

  private static void overwrite(byte[] input, int at, byte value) {
    if (at < input.length) {
      input[at] = value;
    }
  }

  private static byte[] splice(byte[] head, int end, byte[] tail, int from) {
    byte[] joined = Arrays.copyOf(head, end + Math.min(tail.length - from, 4096));
    System.arraycopy(tail, from, joined, end, joined.length - end);
    return joined;
  }

  private static byte[] without(byte[] input, int at, int count) {
    int next = Math.min(input.length, at + count);
    byte[] shorter = Arrays.copyOf(input, input.length - (next - at));
    System.arraycopy(input, next, shorter, at, input.length - next);
    return shorter;
  }
}
