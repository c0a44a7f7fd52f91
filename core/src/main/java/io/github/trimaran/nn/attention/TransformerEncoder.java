package io.github.trimaran.nn.attention;

import io.github.trimaran.nn.Form;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.ModelList;
import io.github.trimaran.tensor.Tensor;

/**
 * Transformer layers one after the other, and perhaps a norm at the end: {@code [T, N, E] -> [T, N,
 * E]}, or {@code [N, T, E]} if the layers take the batch first.
 *
 * <pre>{@code
 * TransformerEncoder encoder =
 *     new TransformerEncoder(new TransformerEncoderLayer(128, 4).normFirst().batchFirst(), 6)
 *         .norm(new LayerNorm(128));
 * encoder.init(backend, DType.FLOAT32, Rng.seeded(29));
 * Tensor y = encoder.forward(x, AttentionMask.none().keyPadding(padding), mode);
 * }</pre>
 *
 * <p>The layers are called {@code layers.0}, {@code layers.1}, ... and the norm {@code norm}, as in
 * PyTorch. Each layer draws first values of its own.
 */
public final class TransformerEncoder extends Layer {

  private final TransformerEncoderLayer layer;
  private final ModelList<TransformerEncoderLayer> layers;
  private final Layer norm;

  private TransformerEncoder(TransformerEncoderLayer layer, int count, Layer norm) {
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
  public TransformerEncoder(TransformerEncoderLayer layer, int count) {
    this(layer, count, null);
  }

  /** The same with a norm of the last layer's output, which layers with norm first call for. */
  public TransformerEncoder norm(Layer newNorm) {
    requireNotInitialised("norm");
    return new TransformerEncoder(layer, layers.size(), newNorm);
  }

  /** The function, each position attending to those that the mask allows. */
  public Tensor forward(Tensor x, AttentionMask mask, Mode mode) {
    return run(mode, () -> compute(x, mask, mode));
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return compute(x, AttentionMask.none(), mode);
  }

  private Tensor compute(Tensor x, AttentionMask mask, Mode mode) {
    Tensor y = x;
    for (TransformerEncoderLayer one : layers) {
      y = one.forward(y, mask, mode);
    }
    return norm == null ? y : norm.forward(y, mode);
  }

  @Override
  public Form form() {
    return Form.of("layer", layer).with("count", layers.size()).with("norm", norm, null);
  }
}
