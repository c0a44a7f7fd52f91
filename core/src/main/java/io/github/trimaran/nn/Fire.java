package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * SqueezeNet's module (Iandola et al. 2016, section 3.1): a 1 x 1 convolution squeezes the
 * channels, 1 x 1 and 3 x 3 convolutions expand them again side by side, each followed by ReLU.
 * {@code [N, C, H, W] -> [N, E1 + E3, H, W]}; parts {@code squeeze}, {@code expand1x1} and {@code
 * expand3x3}, as torchvision calls them.
 */
public final class Fire extends Layer {

  private final Conv2d squeeze;
  private final Conv2d expand1x1;
  private final Conv2d expand3x3;

  /**
   * With these numbers of channels.
   *
   * @param inChannels that come in
   * @param squeezed in between
   * @param expanded that each of the two branches gives
   */
  public Fire(int inChannels, int squeezed, int expanded) {
    squeeze = child("squeeze", conv(inChannels, squeezed, 1));
    expand1x1 = child("expand1x1", conv(squeezed, expanded, 1));
    expand3x3 = child("expand3x3", conv(squeezed, expanded, 3));
  }

  private static Conv2d conv(int inChannels, int outChannels, int kernel) {
    return Conv2d.of(inChannels, outChannels, kernel)
        .samePadding()
        .weightInit(Initializers.heNormal())
        .biasInit(Initializers.zeros());
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Tensor squeezed = activated(squeeze, x, mode);
    return Tensor.concat(
        List.of(activated(expand1x1, squeezed, mode), activated(expand3x3, squeezed, mode)), 1);
  }

  private static Tensor activated(Conv2d conv, Tensor x, Mode mode) {
    return conv.run(mode, () -> conv.computeRelu(x));
  }
}
