package io.github.trimaran.nn.forms;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.NormFolding;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Works out the form and the weights of a model whose batch norms are part of the convolutions, or
 * affine maps, directly before them, see {@link NormFolding}.
 */
final class Folding {

  private static final Map<String, String> NORM_AFTER =
      Map.of("Conv1d", "BatchNorm1d", "Conv2d", "BatchNorm2d", "Linear", "BatchNorm1d");
  private static final double EPSILON = 1e-5;
  private static final String KIND = "kind";

  private final Map<String, HostArray> weights;
  private final Map<String, String> metadata;

  Folding(StateDict trained) {
    weights = new LinkedHashMap<>(trained.arrays());
    metadata = trained.metadata();
  }

  StateDict weights() {
    return StateDict.of(weights, metadata);
  }

  /**
   * The form of a part without its batch norms, while their weights are folded.
   *
   * @param form as {@link Forms#write} gives it
   * @param path of the part in the model, with a point behind it unless it is the model itself
   */
  Map<String, Object> fold(Map<String, Object> form, Model part, String path) {
    if (form.get(KIND).equals("NormedConv2d")) {
      NormFolding.fold(weights, path + "conv.", path + "norm.", path, EPSILON);
      return biased(object(form.get("conv")));
    }
    Map<String, Object> folded = new LinkedHashMap<>(form);
    if (form.get("layers") instanceof Map<?, ?> layers) {
      folded.put("layers", sequence(object(layers), part, path));
      return folded;
    }
    part.children()
        .forEach(
            (name, child) -> {
              if (form.get(name) instanceof Map<?, ?> inner && inner.containsKey(KIND)) {
                folded.put(name, fold(object(inner), child, path + name + "."));
              }
            });
    return folded;
  }

  private Map<String, Object> sequence(Map<String, Object> layers, Model part, String path) {
    Map<String, Object> kept = new LinkedHashMap<>();
    String last = null;
    for (Map.Entry<String, Object> layer : layers.entrySet()) {
      String name = layer.getKey();
      Map<String, Object> form = object(layer.getValue());
      if (last != null && isFoldable(object(kept.get(last)), form)) {
        double epsilon = ((Number) form.getOrDefault("epsilon", EPSILON)).doubleValue();
        String place = path + last + ".";
        NormFolding.fold(weights, place, path + name + ".", place, epsilon);
        kept.put(last, biased(object(kept.get(last))));
      } else {
        kept.put(name, fold(form, part.children().get(name), path + name + "."));
        last = name;
      }
    }
    return kept;
  }

  private static boolean isFoldable(Map<String, Object> before, Map<String, Object> form) {
    return form.get(KIND).equals(NORM_AFTER.get(before.get(KIND)))
        && !Boolean.FALSE.equals(form.get("running_statistics"));
  }

  private static Map<String, Object> biased(Map<String, Object> form) {
    Map<String, Object> with = new LinkedHashMap<>(form);
    with.remove("bias");
    return with;
  }

  @SuppressWarnings("unchecked") // Forms writes nothing but such maps.
  private static Map<String, Object> object(Object form) {
    return (Map<String, Object>) form;
  }
}
