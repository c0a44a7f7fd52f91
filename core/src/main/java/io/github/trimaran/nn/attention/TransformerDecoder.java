package io.github.trimaran.nn.attention;

import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.ModelList;
import io.github.trimaran.tensor.Tensor;

/**
 * Decoder layers one after the other, all attending to the same memory, and perhaps a norm at the
 * end. Of targets {@code [T, N, E]} and a memory {@code [S, N, E]} it makes {@code [T, N, E]}; with
 * {@code N} first if the layers take the batch first.
 *
 * <pre>{@code
 * TransformerDecoder decoder =
 *     new TransformerDecoder(new TransformerDecoderLayer(128, 4).batchFirst(), 6);
 * decoder.init(backend, DType.FLOAT32, Rng.seeded(29));
 * Tensor y = decoder.forward(
 *     targets, encoder.forward(sources, mode), AttentionMask.causal(), AttentionMask.none(), mode);
 * }</pre>
 *
 * <p>The layers are called {@code layers.0}, {@code layers.1}, ... and the norm {@code norm}, as in
 * PyTorch. Each layer draws first values of its own.
 */
public final class TransformerDecoder extends Model {

  private final TransformerDecoderLayer layer;
  private final ModelList<TransformerDecoderLayer> layers;
  private final Layer norm;

  private TransformerDecoder(TransformerDecoderLayer layer, int count, Layer norm) {
    this.layer = layer;
    if (count < 1) {
      throw error("layers must be at least 1, are " + count);
    }
    layers = child("layers", new ModelList<>(count, i -> layer.with(settings -> {})));
    this.norm = norm == null ? null : child("norm", norm);
  }

  /**
   * As many layers of that form.
   *
   * @param layer a pattern, which is copied; not yet initialised
   */
  public TransformerDecoder(TransformerDecoderLayer layer, int count) {
    this(layer, count, null);
  }

  /** The same with a norm of the last layer's output, which layers with norm first call for. */
  public TransformerDecoder norm(Layer newNorm) {
    requireNotInitialised("norm");
    return new TransformerDecoder(layer, layers.size(), newNorm);
  }

  /** The function without masks. */
  public Tensor forward(Tensor target, Tensor memory, Mode mode) {
    return forward(target, memory, AttentionMask.none(), AttentionMask.none(), mode);
  }

  /**
   * The function.
   *
   * @param targetMask what targets may attend to among themselves
   * @param memoryMask what targets may attend to in the memory
   */
  public Tensor forward(
      Tensor target, Tensor memory, AttentionMask targetMask, AttentionMask memoryMask, Mode mode) {
    return run(
        mode,
        () -> {
          Tensor y = target;
          for (TransformerDecoderLayer one : layers) {
            y = one.forward(y, memory, targetMask, memoryMask, mode);
          }
          return norm == null ? y : norm.forward(y, mode);
        });
  }
}
