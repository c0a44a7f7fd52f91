package io.github.trimaran.examples.gallery;

import io.github.trimaran.random.Rng;
import java.util.List;

/**
 * English-looking text without end, made by rules of our own: it takes the place of a real text
 * where there is none.
 */
final class Sentences {

  private static final List<String> NAMES = List.of("Anna", "Ben", "Clara", "David", "Emma");
  private static final List<String> KINDS =
      List.of("old", "quiet", "small", "bright", "patient", "wooden");
  private static final List<String> THINGS =
      List.of("boat", "harbour", "lantern", "garden", "letter", "bridge", "window", "river");
  private static final List<String> ACTS =
      List.of("remembers", "paints", "watches", "follows", "leaves", "finds");
  private static final List<String> TIMES =
      List.of("in the morning", "at night", "before the storm", "every winter", "once more");

  private Sentences() {}

  /** At least so many characters. */
  static String of(int length, Rng rng) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(one(NAMES, rng)).append(":\n");
      int sentences = 1 + rng.nextInt(3);
      for (int i = 0; i < sentences; i++) {
        text.append(rng.nextInt(2) == 0 ? "The " + thing(rng) : one(NAMES, rng));
        text.append(' ').append(one(ACTS, rng)).append(" the ").append(thing(rng));
        if (rng.nextInt(2) == 0) {
          text.append(", ").append(one(TIMES, rng));
        }
        text.append(rng.nextInt(4) == 0 ? "!\n" : ".\n");
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String thing(Rng rng) {
    String kind = rng.nextInt(2) == 0 ? one(KINDS, rng) + " " : "";
    return kind + one(THINGS, rng);
  }

  private static String one(List<String> words, Rng rng) {
    return words.get(rng.nextInt(words.size()));
  }
}
