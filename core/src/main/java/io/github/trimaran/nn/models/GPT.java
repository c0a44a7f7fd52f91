package io.github.trimaran.nn.models;

import io.github.trimaran.nn.Dropout;
import io.github.trimaran.nn.Embedding;
import io.github.trimaran.nn.Form;
import io.github.trimaran.nn.GELU;
import io.github.trimaran.nn.Initializer;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.LayerNorm;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.attention.AttentionMask;
import io.github.trimaran.nn.attention.LearnedPositions;
import io.github.trimaran.nn.attention.TransformerEncoder;
import io.github.trimaran.nn.attention.TransformerEncoderLayer;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;

/**
 * A decoder transformer, which scores what token comes next: INT64 {@code [N, T] -> [N, T, V]}. Its
 * form is that of nanoGPT (Karpathy 2022): learned positions, norms first, GELU, no biases, and an
 * embedding that is the last map too. First weights are those of GPT-2 (Radford et al. 2019, 2.3).
 *
 * <pre>{@code
 * GPT gpt = new GPT(GPT.Settings.small(65));
 * gpt.init(backend, DType.FLOAT32, Rng.seeded(29));
 * Tensor scores = gpt.forward(tokens);     // tokens INT64 [12, 64], scores [12, 64, 65]
 * long[] text = gpt.generate(new long[] {0}, 500, new TokenSampling().temperature(0.8), rng);
 * }</pre>
 */
public final class GPT extends Layer {

  /** The sizes: tokens of the vocabulary, longest sequence, numbers a position, heads, layers. */
  public record Settings(
      int vocabulary, int context, int width, int heads, int layers, double dropout) {

    /** 4 layers of 4 heads, width 128, context 64, no dropout: 0.8 million weights. */
    public static Settings small(int vocabulary) {
      return new Settings(vocabulary, 64, 128, 4, 4, 0);
    }
  }

  private final Settings settings;
  private final Embedding tokens;
  private final LearnedPositions positions;
  private final Dropout dropout;
  private final TransformerEncoder blocks;
  private final Linear head;

  /** Of these sizes. */
  public GPT(Settings s) {
    settings = s;
    Initializer init = Initializers.normal(0.02);
    TransformerEncoderLayer block =
        new TransformerEncoderLayer(s.width, s.heads)
            .feedForward(4 * s.width)
            .activation(GELU::new)
            .dropout(s.dropout)
            .normFirst()
            .batchFirst()
            .withoutBias()
            .weightInit(init)
            .outputInit(Initializers.normal(0.02 / Math.sqrt(2 * s.layers)));
    tokens = child("tokens", new Embedding(s.vocabulary, s.width).weightInit(init));
    positions =
        child("positions", new LearnedPositions(s.context, s.width).batchFirst().weightInit(init));
    dropout = child("dropout", new Dropout(s.dropout));
    blocks =
        child(
            "blocks",
            new TransformerEncoder(block, s.layers).norm(new LayerNorm(s.width).withoutBias()));
    head = child("head", new Linear(s.width, s.vocabulary).withoutBias());
    tie("head.weight", "tokens.weight");
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Tensor start = positions.forward(tokens.forward(x, mode), mode);
    Tensor y = dropout.forward(start, mode);
    return head.forward(blocks.forward(y, AttentionMask.causal(), mode), mode);
  }

  /**
   * Writes: after these tokens, draws one after the other by the scores that follow from those
   * before, of which the network sees as many as its longest sequence.
   *
   * @param start at least one token
   * @param count how many to write
   * @param rng drawn from once a token
   * @return {@code start} and what was written
   */
  public long[] generate(long[] start, int count, TokenSampling sampling, Rng rng) {
    if (start.length == 0 || count < 0) {
      throw new IllegalArgumentException(
          "GPT: needs at least one token to start with and 0 or more to write, has "
              + start.length
              + " and "
              + count);
    }
    long[] tokens = Arrays.copyOf(start, start.length + count);
    for (int end = start.length; end < tokens.length; end++) {
      long[] seen = Arrays.copyOfRange(tokens, Math.max(0, end - settings.context), end);
      try (GradMode off = GradMode.disable();
          Scope scope = Scope.open("a token")) {
        Tensor scores = forward(Tensor.of(backend(), seen, 1, seen.length));
        tokens[end] = sampling.draw(scores.narrow(1, seen.length - 1, 1).toDoubles(), rng);
      }
    }
    return tokens;
  }

  @Override
  public Form form() {
    return Form.of("vocabulary", settings.vocabulary())
        .with("context", settings.context())
        .with("width", settings.width())
        .with("heads", settings.heads())
        .with("layers", settings.layers())
        .with("dropout", settings.dropout());
  }
}
