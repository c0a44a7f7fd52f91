package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

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
    List<Tensor> outputs = new ArrayList<>();
    for (Layer branch : branches) {
      outputs.add(branch.forward(x, mode));
    }
    return Tensor.concat(outputs, 1);
  }

  @Override
  public Form form() {
    return Form.of("branches", branches);
  }
}
