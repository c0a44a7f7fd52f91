package io.github.trimaran.nn;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A convolution without bias, then batch normalisation: {@code [N, C, H, W] -> [N, F, OH, OW]};
 * parts {@code conv} and {@code norm}. Once trained, the two are one convolution with a bias, which
 * {@link #fold} works out, see {@link NormFolding}.
 *
 * <pre>{@code
 * Layer conv = new NormedConv2d(new Conv2d(3, 16, 3).padding(1), 16);
 * }</pre>
 */
public final class NormedConv2d extends Layer {

  private static final double EPSILON = 1e-5;
  private static final String WEIGHT = ".conv.weight";

  private final Conv2d conv;
  private final BatchNorm2d norm;

  /**
   * This convolution, whose bias is left out, normalised.
   *
   * @param filters that it has
   */
  public NormedConv2d(Conv2d conv, int filters) {
    this.conv = child("conv", conv.withoutBias());
    norm = child("norm", new BatchNorm2d(filters).epsilon(EPSILON));
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    return norm.forward(conv.forward(x, mode), mode);
  }

  @Override
  protected Tensor computeRelu(Tensor x, Mode mode) {
    return norm.forwardRelu(conv.forward(x, mode), mode);
  }

  /**
   * The same weights with every such pair as one convolution: {@code X.conv.weight} and {@code
   * X.norm.*} become {@code X.weight} and {@code X.bias}. Everything else stays.
   */
  public static StateDict fold(StateDict trained) {
    Map<String, HostArray> folded = new LinkedHashMap<>(trained.arrays());
    for (String name : trained.names()) {
      String path = name.replace(WEIGHT, "");
      if (name.endsWith(WEIGHT) && trained.contains(path + ".norm.running_var")) {
        NormFolding.fold(folded, path + ".conv.", path + ".norm.", path + ".", EPSILON);
      }
    }
    return StateDict.of(folded, trained.metadata());
  }

  @Override
  public Form form() {
    return Form.of("conv", conv).with("filters", norm.channels());
  }
}
