package io.github.trimaran.nn;

import io.github.trimaran.tensor.Convolution;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Branches that all see the input, their outputs joined along the channels: {@code [N, C, H, W] ->
 * [N, C1 + C2 + .., H', W']} (Szegedy et al. 2015). Parts are called {@code "0"}, {@code "1"}, ...
 *
 * <pre>{@code
 * Layer fire = new Concat(new Conv2d(16, 64, 1), new Conv2d(16, 64, 3).padding(1));   // 128 channels
 * }</pre>
 */
public final class Concat extends Layer {

  private final List<Layer> branches;

  /** These branches; at least one. */
  public Concat(Layer... branches) {
    if (branches.length == 0) {
      throw new IllegalArgumentException("Concat: needs at least one branch");
    }
    this.branches = List.of(branches);
    for (int i = 0; i < branches.length; i++) {
      child(Integer.toString(i), branches[i]);
    }
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return joined(branches, x, false, mode);
  }

  @Override
  protected Tensor computeRelu(Tensor x, Mode mode) {
    return joined(branches, x, true, mode);
  }

  /**
   * What branches give for {@code x}, joined along the channels, after ReLU if asked. Where all are
   * convolutions with bias, they write beside each other, without a copy, if the backend can; but
   * an observer sees each for itself.
   */
  public static Tensor joined(List<? extends Layer> branches, Tensor x, boolean relu, Mode mode) {
    if (!mode.isObserved() && branches.stream().allMatch(layer -> joinsInOnePass(layer, x))) {
      Optional<Tensor> joined = joined(branches.stream().map(Conv2d.class::cast).toList(), x, relu);
      if (joined.isPresent()) {
        return joined.get();
      }
    }
    List<Tensor> outputs = new ArrayList<>();
    for (Layer branch : branches) {
      outputs.add(relu ? branch.forwardRelu(x, mode) : branch.forward(x, mode));
    }
    return Tensor.concat(outputs, 1);
  }

  private static Optional<Tensor> joined(List<Conv2d> all, Tensor x, boolean relu) {
    return Convolution.conv2dConcat(
        x,
        all.stream().map(conv -> conv.weight().tensor()).toList(),
        all.stream().map(conv -> conv.bias().tensor()).toList(),
        all.stream().map(Conv2d::geometry).toList(),
        relu);
  }

  /** Whether it is such a convolution; of an input that does not fit it tells itself. */
  private static boolean joinsInOnePass(Layer layer, Tensor x) {
    return layer instanceof Conv2d conv
        && conv.isBiased()
        && conv.isInitialised()
        && conv.settings().paddingMode() == PaddingMode.ZEROS
        && x.shape().rank() == 4
        && x.shape().dim(1) == conv.settings().inChannels();
  }

  @Override
  public Form form() {
    return Form.of("branches", branches);
  }
}
