package io.github.trimaran.nn.attention;

import io.github.trimaran.nn.Dropout;
import io.github.trimaran.nn.LayerNorm;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.tensor.Tensor;
import java.util.function.Consumer;

/**
 * Self-attention, attention to what an encoder gave, and a feed-forward part of two maps, with a
 * sum and a norm around each (Vaswani et al. 2017, section 3.1), as PyTorch has it. Of targets
 * {@code [T, N, E]} and a memory {@code [S, N, E]} it makes {@code [T, N, E]}; with {@code N} first
 * if the batch comes first.
 *
 * <pre>
 * x = norm1(x + self_attn(x))                          norm first: x = x + self_attn(norm1(x))
 * x = norm2(x + multihead_attn(x, memory))                         and so on
 * y = norm3(x + linear2(activation(linear1(x))))
 * </pre>
 *
 * <pre>{@code
 * TransformerDecoderLayer layer = new TransformerDecoderLayer(128, 4).feedForward(512).batchFirst();
 * layer.init(backend, DType.FLOAT32, Rng.seeded(29));
 * Tensor y =
 *     layer.forward(targets, memory, AttentionMask.causal(), AttentionMask.none(), mode);
 * }</pre>
 *
 * <p><b>True in a mask means "may not attend"</b>, see {@link AttentionMask}. Settings: see {@link
 * TransformerOptions}.
 */
public final class TransformerDecoderLayer extends Model
    implements TransformerOptions<TransformerDecoderLayer> {

  private final TransformerSettings settings;
  private final MultiHeadAttention selfAttention;
  private final MultiHeadAttention crossAttention;
  private final LayerNorm norm1;
  private final LayerNorm norm2;
  private final LayerNorm norm3;
  private final Sublayers parts;

  private TransformerDecoderLayer(TransformerSettings settings) {
    this.settings = settings;
    selfAttention = child("self_attn", settings.selfAttention());
    crossAttention = child("multihead_attn", settings.attention());
    parts =
        new Sublayers(
            settings.normFirst,
            child("linear1", settings.widen()),
            child("activation", settings.activation.get()),
            child("linear2", settings.narrow()),
            child("dropout", new Dropout(settings.dropout)));
    norm1 = child("norm1", settings.norm());
    norm2 = child("norm2", settings.norm());
    norm3 = child("norm3", settings.norm());
  }

  /** Of that width, with that many heads, which must divide it. */
  public TransformerDecoderLayer(int width, int heads) {
    this(new TransformerSettings(width, heads));
  }

  @Override
  public TransformerDecoderLayer with(Consumer<TransformerSettings> change) {
    requireNotInitialised("a setting");
    TransformerSettings changed = settings.copy();
    change.accept(changed);
    return new TransformerDecoderLayer(changed);
  }

  /** The layer's function without masks. */
  public Tensor forward(Tensor target, Tensor memory, Mode mode) {
    return forward(target, memory, AttentionMask.none(), AttentionMask.none(), mode);
  }

  /**
   * The layer's function.
   *
   * @param targetMask what targets may attend to among themselves
   * @param memoryMask what targets may attend to in the memory
   */
  public Tensor forward(
      Tensor target, Tensor memory, AttentionMask targetMask, AttentionMask memoryMask, Mode mode) {
    return run(mode, () -> compute(target, memory, targetMask, memoryMask, mode));
  }

  private Tensor compute(
      Tensor target, Tensor memory, AttentionMask targetMask, AttentionMask memoryMask, Mode mode) {
    Tensor own =
        parts.residual(target, norm1, z -> selfAttention.forward(z, targetMask, mode), mode);
    Tensor seen =
        parts.residual(
            own, norm2, z -> crossAttention.forward(z, memory, memory, memoryMask, mode), mode);
    return parts.residual(seen, norm3, z -> parts.feedForward(z, mode), mode);
  }

  @Override
  protected String describe() {
    return settings.toString();
  }
}
