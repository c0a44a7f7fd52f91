package io.github.trimaran.nn;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a batch norm part of the convolution or affine map before it:
 *
 * <pre>{@code
 * StateDict trained = WeightFiles.read(Path.of("net.safetensors"));
 * Map<String, HostArray> weights = new LinkedHashMap<>(trained.arrays());
 * NormFolding.fold(weights, "conv1.", "norm1.", "conv1.", 1e-5);
 * }</pre>
 *
 * <pre>
 * weight'[f] = weight[f] * s[f],  bias'[f] = norm.bias[f] + (bias[f] - norm.running_mean[f]) * s[f],
 * s[f] = norm.weight[f] / sqrt(norm.running_var[f] + epsilon)
 * </pre>
 *
 * <p>What is missing of the map's bias and the norm's bias is 0, of the norm's weight 1.
 */
public final class NormFolding {

  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";
  private static final String MEAN = "running_mean";
  private static final String VARIANCE = "running_var";
  private static final String COUNT = "num_batches_tracked";

  private NormFolding() {}

  /**
   * Puts the weights of the one in the place of those of both.
   *
   * @param weights by name, to be changed; the others keep their order
   * @param map what the names of the map begin with
   * @param norm what the names of the batch norm begin with
   * @param to what the names of the folded map shall begin with
   * @param epsilon of the norm
   * @throws IllegalArgumentException if the map's weight or the norm's statistics are missing
   */
  public static void fold(
      Map<String, HostArray> weights, String map, String norm, String to, double epsilon) {
    HostArray weight = required(weights, map + WEIGHT);
    HostArray mean = required(weights, norm + MEAN);
    HostArray variance = required(weights, norm + VARIANCE);
    HostArray bias = weights.remove(map + BIAS);
    HostArray scale = weights.remove(norm + WEIGHT);
    HostArray shift = weights.remove(norm + BIAS);
    weights.keySet().removeAll(List.of(norm + MEAN, norm + VARIANCE, norm + COUNT));
    int filters = weight.shape().dim(0);
    int perFilter = weight.shape().size() / filters;
    double[] values = weight.toDoubles();
    double[] biases = new double[filters];
    for (int f = 0; f < filters; f++) {
      double factor = at(scale, f, 1) / Math.sqrt(variance.get(f) + epsilon);
      biases[f] = at(shift, f, 0) + (at(bias, f, 0) - mean.get(f)) * factor;
      for (int i = f * perFilter; i < (f + 1) * perFilter; i++) {
        values[i] *= factor;
      }
    }
    Map<String, HostArray> folded = new LinkedHashMap<>();
    folded.put(to + WEIGHT, HostArray.of(values, weight.shape()).to(weight.dtype()));
    folded.put(to + BIAS, HostArray.of(biases, Shape.of(filters)).to(weight.dtype()));
    replace(weights, map + WEIGHT, folded);
  }

  private static HostArray required(Map<String, HostArray> weights, String name) {
    HostArray found = weights.get(name);
    if (found == null) {
      throw new IllegalArgumentException("fold: no '" + name + "' among the weights");
    }
    return found;
  }

  private static void replace(
      Map<String, HostArray> weights, String old, Map<String, HostArray> by) {
    Map<String, HostArray> before = new LinkedHashMap<>(weights);
    weights.clear();
    before.forEach((name, array) -> weights.putAll(name.equals(old) ? by : Map.of(name, array)));
  }

  private static double at(HostArray values, int i, double otherwise) {
    return values == null ? otherwise : values.get(i);
  }
}
