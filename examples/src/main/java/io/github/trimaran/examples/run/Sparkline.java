package io.github.trimaran.examples.run;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * A curve in one line of text: {@code ▇▅▄▂▂▁}.
 *
 * <pre>{@code
 * Sparkline loss = new Sparkline(12);
 * loss.add(2.3);
 * console.say("loss " + loss);
 * }</pre>
 *
 * <p>Has at most so many cells, each the mean of as many values as the others. Of the least value
 * stands the lowest bar, of the largest the highest.
 */
public final class Sparkline {

  private static final String BARS = "▁▂▃▄▅▆▇█";

  private final int cells;
  private final List<Double> means = new ArrayList<>();
  private int each = 1;
  private double sum;
  private int count;

  /** Of at most that many cells, an even number. */
  public Sparkline(int cells) {
    this.cells = cells;
  }

  /** Adds a value; one that is not finite is left out. */
  public void add(double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    sum += value;
    if (++count < each) {
      return;
    }
    means.add(sum / each);
    sum = 0;
    count = 0;
    if (means.size() > cells) {
      // The last has no neighbour: it becomes the first half of the next cell.
      sum = means.remove(cells) * each;
      count = each;
      for (int i = 0; i < cells / 2; i++) {
        means.set(i, (means.get(i) + means.remove(i + 1)) / 2);
      }
      each *= 2;
    }
  }

  /** Whether the output can show its characters. */
  public static boolean isPossible(Charset charset) {
    return charset.newEncoder().canEncode(BARS);
  }

  @Override
  public String toString() {
    double least = means.stream().mapToDouble(v -> v).min().orElse(0);
    double most = means.stream().mapToDouble(v -> v).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (double mean : means) {
      double share = most > least ? (mean - least) / (most - least) : 0;
      line.append(BARS.charAt((int) Math.min(BARS.length() - 1, share * BARS.length())));
    }
    return line.toString();
  }
}
