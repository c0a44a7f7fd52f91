package io.github.trimaran.nn.attention;

import io.github.trimaran.nn.Initializer;
import io.github.trimaran.nn.Layer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The settings of {@link TransformerEncoderLayer} and {@link TransformerDecoderLayer}, each of
 * which gives a changed copy. First they are PyTorch's.
 *
 * <pre>{@code
 * TransformerEncoderLayer layer = new TransformerEncoderLayer(128, 4)
 *     .feedForward(512).activation(GELU::new).dropout(0.2).normFirst().batchFirst();
 * }</pre>
 *
 * @param <M> the layer
 */
public sealed interface TransformerOptions<M>
    permits TransformerEncoderLayer, TransformerDecoderLayer {

  /** The same with settings changed; for the methods below. */
  M with(Consumer<TransformerSettings> change);

  /** The same with that many numbers a position inside the feed-forward part; first 2048. */
  default M feedForward(int width) {
    return with(settings -> settings.feedForward = width);
  }

  /** The same with that dropout of attention weights and of what each part gives; first 0.1. */
  default M dropout(double probability) {
    return with(settings -> settings.dropout = probability);
  }

  /** The same with another activation of the feed-forward part; first ReLU. */
  default M activation(Supplier<? extends Layer> make) {
    return with(settings -> settings.activation = make);
  }

  /** The same with each part normalising what it gets, instead of what it gave and got. */
  default M normFirst() {
    return with(settings -> settings.normFirst = true);
  }

  /** The same for sequences {@code [N, T, E]} instead of {@code [T, N, E]}. */
  default M batchFirst() {
    return with(settings -> settings.batchFirst = true);
  }

  /** The same without biases, those of the norms included. */
  default M withoutBias() {
    return with(settings -> settings.bias = false);
  }

  /** The same with another addition to the variance in the norms; first 1e-5. */
  default M epsilon(double value) {
    return with(settings -> settings.epsilon = value);
  }

  /** The same with self-attention whose queries and keys are turned by their positions. */
  default M rotary(RotaryPositions positions) {
    return with(settings -> settings.rotary = positions);
  }

  /** The same with other first weights, and biases that are first 0. */
  default M weightInit(Initializer initializer) {
    return with(
        settings -> {
          settings.inputInit = initializer;
          settings.outputInit = initializer;
        });
  }

  /**
   * The same with other first weights of the last map of each part, whose results add up from layer
   * to layer, and biases that are first 0.
   */
  default M outputInit(Initializer initializer) {
    return with(settings -> settings.outputInit = initializer);
  }
}
