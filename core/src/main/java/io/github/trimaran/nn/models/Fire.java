package io.github.trimaran.nn.models;

import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import io.github.trimaran.nn.Concat;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Form;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.NormedConv2d;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/**
 * SqueezeNet's module (Iandola et al. 2016, section 3.1): a 1 x 1 convolution squeezes the
 * channels, 1 x 1 and 3 x 3 convolutions expand them again side by side, each followed by ReLU.
 * {@code [N, C, H, W] -> [N, E1 + E3, H, W]}; parts {@code squeeze}, {@code expand1x1} and {@code
 * expand3x3}, as torchvision calls them.
 *
 * <pre>{@code
 * Layer fire = new Fire(96, 16, 64);    // [N, 96, H, W] -> [N, 128, H, W]
 * }</pre>
 */
public final class Fire extends Layer {

  private final int inChannels;
  private final int squeezed;
  private final int expanded;
  private final Layer squeeze;
  private final Layer expand1x1;
  private final Layer expand3x3;
  private final boolean bypassed;

  /**
   * With these numbers of channels.
   *
   * @param inChannels that come in
   * @param squeezed in between
   * @param expanded that each of the two branches gives
   */
  public Fire(int inChannels, int squeezed, int expanded) {
    this(inChannels, squeezed, expanded, false, false);
  }

  private Fire(int inChannels, int squeezed, int expanded, boolean normed, boolean bypassed) {
    this.inChannels = inChannels;
    this.squeezed = squeezed;
    this.expanded = expanded;
    this.bypassed = bypassed;
    squeeze = child("squeeze", conv(inChannels, squeezed, 1, normed));
    expand1x1 = child("expand1x1", conv(squeezed, expanded, 1, normed));
    expand3x3 = child("expand3x3", conv(squeezed, expanded, 3, normed));
  }

  /** The module of such a {@link #form}. */
  public static Fire of(JsonObject form) throws JsonException {
    return new Fire(
        form.int32("inputs"),
        form.int32("squeezed"),
        form.int32("expanded"),
        form.bool("normed", false),
        form.bool("bypassed", false));
  }

  /**
   * One for quick training: with the paper's simple bypass (section 6), {@code fire(x) + x}, where
   * as many channels come in as go out.
   *
   * @param normed whether the convolutions are {@link NormedConv2d}s
   */
  static Fire bypassed(int inChannels, int squeezed, int expanded, boolean normed) {
    return new Fire(inChannels, squeezed, expanded, normed, inChannels == 2 * expanded);
  }

  private static Layer conv(int inChannels, int outChannels, int kernel, boolean normed) {
    Conv2d conv =
        new Conv2d(inChannels, outChannels, kernel)
            .samePadding()
            .weightInit(Initializers.heNormal())
            .biasInit(Initializers.zeros());
    return normed ? new NormedConv2d(conv, outChannels) : conv;
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Tensor squeezed = squeeze.forwardRelu(x, mode);
    Tensor expanded = Concat.joined(List.of(expand1x1, expand3x3), squeezed, true, mode);
    return bypassed ? expanded.add(x) : expanded;
  }

  @Override
  public Form form() {
    return Form.of("inputs", inChannels)
        .with("squeezed", squeezed)
        .with("expanded", expanded)
        .with("normed", squeeze instanceof NormedConv2d, false)
        .with("bypassed", bypassed, false);
  }
}
