package io.github.trimaran.examples.serve;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.data.prediction.Answer;
import io.github.trimaran.data.prediction.ClassAnswer;
import io.github.trimaran.nn.Dropout;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.TensorBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Asks a network for everything a page shows in one pass for all who ask at the time: its scores,
 * what each layer gave, and a saliency map, the gradient of the highest score with respect to the
 * pixels (Simonyan et al. 2014, section 3.1).
 */
final class LayerViews implements Answer<DigitLook> {

  /** More feature maps of one layer are not shown. */
  private static final int MOST_MAPS = 64;

  private final ClassAnswer classes;
  private final List<Layer> shown = new ArrayList<>();

  LayerViews(Layer network, List<String> classNames) {
    classes = new ClassAnswer(classNames);
    if (network instanceof Sequential layers) {
      for (Layer layer : layers.layers()) {
        // These change nothing that could be seen.
        if (!(layer instanceof Flatten || layer instanceof Dropout)) {
          shown.add(layer);
        }
      }
    }
  }

  /** Scores, saliency maps {@code [N, H, W]}, then what each shown layer gave. */
  List<Tensor> of(Layer network, TensorBatch batch) {
    List<Tensor> outputs = new ArrayList<>();
    try (GradMode on = GradMode.enable()) {
      Tensor x = batch.input().requiresGrad();
      Tensor scores;
      if (network instanceof Sequential layers && !shown.isEmpty()) {
        Map<String, Tensor> given = layers.outputs(x, layers.children().keySet());
        shown.forEach(layer -> outputs.add(given.get(layer.name())));
        scores = given.get(layers.layers().get(layers.layers().size() - 1).name());
      } else {
        scores = network.forward(x);
      }
      Tensor slopes = Gradients.of(scores.max(1).sum(), x).get(x);
      outputs.add(0, scores);
      outputs.add(1, slopes.abs().max(1));
    }
    return outputs;
  }

  @Override
  public String kind() {
    return "digit-look";
  }

  @Override
  public Map<String, Object> settings() {
    return classes.settings();
  }

  @Override
  public DigitLook apply(List<HostArray> outputs) {
    List<DigitLook.Given> layers = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      Layer layer = shown.get(i);
      layers.add(new DigitLook.Given(layer.name(), layer.kind(), few(outputs.get(i + 2))));
    }
    return new DigitLook(classes.apply(outputs), outputs.get(1), layers);
  }

  private static HostArray few(HostArray values) {
    Shape shape = values.shape();
    if (shape.rank() != 3 || shape.dim(0) <= MOST_MAPS) {
      return values;
    }
    Shape kept = Shape.of(MOST_MAPS, shape.dim(1), shape.dim(2));
    HostArray few = HostArray.zeros(kept, values.dtype());
    values.copyTo(0, few, 0, kept.size());
    return few;
  }
}
