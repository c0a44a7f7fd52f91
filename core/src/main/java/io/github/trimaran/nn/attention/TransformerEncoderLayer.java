package io.github.trimaran.nn.attention;

import io.github.trimaran.nn.Dropout;
import io.github.trimaran.nn.Form;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.LayerNorm;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.tensor.Tensor;
import java.util.function.Consumer;

/**
 * Self-attention and a feed-forward part of two maps, with a sum and a norm around each (Vaswani et
 * al. 2017, section 3.1), as PyTorch has it: {@code [T, N, E] -> [T, N, E]}, or {@code [N, T, E]}
 * if the batch comes first.
 *
 * <pre>
 * x = norm1(x + self_attn(x))                          norm first: x = x + self_attn(norm1(x))
 * y = norm2(x + linear2(activation(linear1(x))))                   y = x + linear2(...(norm2(x)))
 * </pre>
 *
 * <pre>{@code
 * TransformerEncoderLayer layer =
 *     new TransformerEncoderLayer(128, 4).feedForward(512).normFirst().batchFirst();
 * layer.init(backend, DType.FLOAT32, Rng.seeded(29));
 * Tensor y = layer.forward(x, AttentionMask.none().keyPadding(padding), mode);    // x [N, T, 128]
 * }</pre>
 *
 * <p><b>True in a mask means "may not attend"</b>, see {@link AttentionMask}; a causal mask makes
 * it the layer of a decoder without an encoder, such as GPT. Settings: see {@link
 * TransformerOptions}.
 */
public final class TransformerEncoderLayer extends Layer
    implements TransformerOptions<TransformerEncoderLayer> {

  private final TransformerSettings settings;
  private final MultiHeadAttention selfAttention;
  private final LayerNorm norm1;
  private final LayerNorm norm2;
  private final Sublayers parts;

  private TransformerEncoderLayer(TransformerSettings settings) {
    this.settings = settings;
    selfAttention = child("self_attn", settings.selfAttention());
    parts =
        new Sublayers(
            settings.normFirst,
            child("linear1", settings.widen()),
            child("activation", settings.activation.get()),
            child("linear2", settings.narrow()),
            child("dropout", new Dropout(settings.dropout)));
    norm1 = child("norm1", settings.norm());
    norm2 = child("norm2", settings.norm());
  }

  /** Of that width, with that many heads, which must divide it. */
  public TransformerEncoderLayer(int width, int heads) {
    this(new TransformerSettings(width, heads));
  }

  @Override
  public TransformerEncoderLayer with(Consumer<TransformerSettings> change) {
    requireNotInitialised("a setting");
    TransformerSettings changed = settings.copy();
    change.accept(changed);
    return new TransformerEncoderLayer(changed);
  }

  /** The layer's function, each position attending to those that the mask allows. */
  public Tensor forward(Tensor x, AttentionMask mask, Mode mode) {
    return run(mode, () -> compute(x, mask, mode));
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return compute(x, AttentionMask.none(), mode);
  }

  private Tensor compute(Tensor x, AttentionMask mask, Mode mode) {
    Tensor attended = parts.residual(x, norm1, z -> selfAttention.forward(z, mask, mode), mode);
    return parts.residual(attended, norm2, z -> parts.feedForward(z, mode), mode);
  }

  @Override
  protected String describe() {
    return settings.toString();
  }

  @Override
  public Form form() {
    return settings.form();
  }
}
