package io.github.trimaran.nn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class GPTTest {

  private static final GPT.Settings TINY =
      new GPT.Settings(GPTTraining.VOCABULARY, 8, 16, 2, 2, 0.1);

  private final NaiveBackend backend = new NaiveBackend();

  private GPT tiny() {
    GPT gpt = new GPT(TINY);
    gpt.init(backend, DType.FLOAT64, Rng.seeded(1));
    return gpt;
  }

  /** nanoGPT prints 0.80M for its 4 layers, 4 heads and width 128 on 65 letters. */
  @Test
  void hasAsManyWeightsAsNanoGpt() {
    long layer = 2 * 128 + 128 * 3 * 128 + 128 * 128 + 2 * 128 * 512;
    assertThat(new GPT(GPT.Settings.small(65)).numParameters())
        .isEqualTo(65 * 128 + 64 * 128 + 4 * layer + 128);
  }

  @Test
  void aScoreDependsOnNoLaterToken() {
    long[] text = {3, 1, 4, 1, 5, 9, 2, 6};
    long[] other = text.clone();
    other[5] = 7;
    double[] scores = tiny().forward(Tensor.of(backend, text, 1, 8)).toDoubles();
    double[] changed = tiny().forward(Tensor.of(backend, other, 1, 8)).toDoubles();
    int known = 5 * TINY.vocabulary();
    assertThat(Arrays.copyOf(changed, known)).isEqualTo(Arrays.copyOf(scores, known));
    assertThat(changed[known]).isNotEqualTo(scores[known]);
  }

  @Test
  void dropoutIsDrawnFromTheModesGenerator() {
    Tensor x = Tensor.of(backend, new long[] {3, 1, 4}, 1, 3);
    double[] one = tiny().forward(x, Mode.train(Rng.seeded(1))).toDoubles();
    assertThat(tiny().forward(x, Mode.train(Rng.seeded(1))).toDoubles()).isEqualTo(one);
    assertThat(tiny().forward(x, Mode.train(Rng.seeded(2))).toDoubles()).isNotEqualTo(one);
  }

  /** It starts by knowing nothing, and learns which letters there are. */
  @Test
  void learns() {
    List<Double> losses = GPTTraining.losses(backend, DType.FLOAT64, TINY, 4, 60, 1);
    assertThat(losses.get(0)).isCloseTo(Math.log(TINY.vocabulary()), within(0.1));
    assertThat(losses.get(59)).isLessThan(0.85 * losses.get(0));
  }

  @Test
  void twoThreadsTrainAsOneAfterTheOther() {
    List<Double> first = GPTTraining.losses(backend, DType.FLOAT64, TINY, 4, 5, 1);
    List<Double> second = GPTTraining.losses(backend, DType.FLOAT64, TINY, 4, 5, 2);
    CompletableFuture<List<Double>> aside =
        CompletableFuture.supplyAsync(
            () -> GPTTraining.losses(backend, DType.FLOAT64, TINY, 4, 5, 1));
    assertThat(GPTTraining.losses(backend, DType.FLOAT64, TINY, 4, 5, 2)).isEqualTo(second);
    assertThat(aside.join()).isEqualTo(first);
  }

  /** Each token written is the best by the scores of the eight before it. */
  @Test
  void writesTokenByToken() {
    GPT gpt = tiny();
    long[] start = {3, 1, 4};
    long[] text = gpt.generate(start, 12, new TokenSampling().topK(1), Rng.seeded(1));
    assertThat(text).hasSize(15).startsWith(start);
    for (int end = 3; end < text.length; end++) {
      long[] seen = Arrays.copyOfRange(text, Math.max(0, end - TINY.context()), end);
      Tensor scores = gpt.forward(Tensor.of(backend, seen, 1, seen.length));
      Tensor last = scores.reshape(seen.length, -1).select(0, seen.length - 1);
      assertThat(text[end]).isEqualTo((long) last.argMax(0).item());
    }
  }

  @Test
  void writingIsDrawnFromTheGenerator() {
    GPT gpt = tiny();
    long[] start = {3};
    TokenSampling any = new TokenSampling();
    long[] text = gpt.generate(start, 9, any, Rng.seeded(1));
    assertThat(gpt.generate(start, 9, any, Rng.seeded(1))).isEqualTo(text);
    assertThat(gpt.generate(start, 9, any, Rng.seeded(2))).isNotEqualTo(text);
  }

  @Test
  void badInputIsRefused() {
    assertThatThrownBy(() -> tiny().generate(new long[0], 5, new TokenSampling(), Rng.seeded(1)))
        .hasMessage(
            "GPT: needs at least one token to start with and 0 or more to write, has 0 and 5");
    assertThatThrownBy(() -> tiny().forward(Tensor.of(backend, new long[9], 1, 9)))
        .hasMessageContaining("there are 8 positions, input [1, 9, 16] has 9 steps")
        .hasMessageEndingWith(" (in GPT/positions)");
    assertThatThrownBy(() -> tiny().forward(Tensor.of(backend, new long[] {99}, 1, 1)))
        .hasMessageContaining("token 99 at [0, 0] is not from 0 to 90");
  }
}
