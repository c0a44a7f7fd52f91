package io.github.trimaran.nn;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A convolution without bias, then batch normalisation: {@code [N, C, H, W] -> [N, F, OH, OW]};
 * parts {@code conv} and {@code norm}. Once trained, the two are one convolution with a bias, which
 * {@link #fold} works out:
 *
 * <pre>
 * weight[f] = conv.weight[f] * s[f],  bias[f] = norm.bias[f] - norm.running_mean[f] * s[f],
 * s[f] = norm.weight[f] / sqrt(norm.running_var[f] + epsilon)
 * </pre>
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

  /**
   * The same weights with every such pair as one convolution: {@code X.conv.weight} and {@code
   * X.norm.*} become {@code X.weight} and {@code X.bias}. Everything else stays.
   */
  public static StateDict fold(StateDict trained) {
    Map<String, HostArray> folded = new LinkedHashMap<>();
    for (String name : trained.names()) {
      String path = name.replaceFirst("\\.(conv|norm)\\.[a-z_]+$", "");
      if (path.equals(name) || !trained.contains(path + WEIGHT)) {
        folded.put(name, trained.get(name));
      } else if (name.endsWith(WEIGHT)) {
        fold(trained, path, folded);
      }
    }
    return StateDict.of(folded, trained.metadata());
  }

  private static void fold(StateDict trained, String path, Map<String, HostArray> folded) {
    HostArray weight = trained.get(path + WEIGHT);
    HostArray scale = trained.get(path + ".norm.weight");
    HostArray shift = trained.get(path + ".norm.bias");
    HostArray mean = trained.get(path + ".norm.running_mean");
    HostArray variance = trained.get(path + ".norm.running_var");
    int filters = weight.shape().dim(0);
    int perFilter = weight.shape().size() / filters;
    double[] weights = weight.toDoubles();
    double[] biases = new double[filters];
    for (int f = 0; f < filters; f++) {
      double factor = scale.get(f) / Math.sqrt(variance.get(f) + EPSILON);
      biases[f] = shift.get(f) - mean.get(f) * factor;
      for (int i = 0; i < perFilter; i++) {
        weights[f * perFilter + i] *= factor;
      }
    }
    folded.put(path + ".weight", HostArray.of(weights, weight.shape()).to(weight.dtype()));
    folded.put(path + ".bias", HostArray.of(biases, Shape.of(filters)).to(weight.dtype()));
  }

  @Override
  public Form form() {
    return Form.of("conv", conv).with("filters", norm.channels());
  }
}
