package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.nn.models.GPT;
import io.github.trimaran.random.Rng;

/**
 * What a training step of the gallery's transformer works on: random tokens, and random ones to
 * guess, by AdamW.
 *
 * @param batch how many texts
 */
record GptWork(int batch) {

  /** That of the gallery, with as many tokens as Shakespeare has characters. */
  static final GPT.Settings SIZE = GPT.Settings.small(65);

  static final double RATE = 1e-3;
  static final double DECAY = 0.1;

  long[] tokens(long seed) {
    Rng rng = Rng.seeded(seed);
    long[] tokens = new long[batch * SIZE.context()];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = rng.nextInt(SIZE.vocabulary());
    }
    return tokens;
  }
}
