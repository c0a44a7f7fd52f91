package io.github.trimaran.examples.datasets;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.io.weights.ImagePreparation;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.onnx.Onnx;
import io.github.trimaran.onnx.OnnxModel;
import io.github.trimaran.onnx.file.Node;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.vision.network.PictureNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A classifier of colour pictures from an ONNX file, whose feature maps are the values inside its
 * graph.
 */
final class OnnxPictures implements PictureNetwork {

  /** What gives feature maps that are worth looking at. */
  private static final Set<String> ACTIVATIONS =
      Set.of("Relu", "LeakyRelu", "PRelu", "Elu", "Selu", "Gelu", "HardSwish", "Mish", "Clip");

  private final OnnxModel model;
  private final String input;
  private final String scores;
  private final ImagePreparation preparation;
  private final int side;

  private OnnxPictures(OnnxModel model, Path file) {
    this.model = model;
    input = model.inputs().get(0).name();
    Shape image = OnnxImages.shape(file, model);
    if (image.dim(0) != 3 || image.dim(1) != image.dim(2)) {
      throw new InputException(
          file + ": square images of three colours are needed, the network takes " + image);
    }
    side = image.dim(1);
    preparation = ImagePreparation.of(StateDict.of(Map.of(), model.metadata()));
    Node last = model.nodes().get(model.nodes().size() - 1);
    scores = OnnxImages.endsInSoftmax(model) ? last.inputs().get(0) : model.outputs().get(0).name();
  }

  /** The file's network on a backend. */
  static OnnxPictures read(Path file, Backend<?> backend, DType dtype) throws IOException {
    OnnxModel model = Onnx.read(file);
    OnnxPictures pictures = new OnnxPictures(model, file);
    model.init(backend, dtype, Rng.seeded(0));
    return pictures;
  }

  /** The same without weights: to ask what it is. */
  static OnnxPictures describe(OnnxModel model, Path file) {
    return new OnnxPictures(model, file);
  }

  @Override
  public Backend<?> backend() {
    return model.backend();
  }

  @Override
  public DType dtype() {
    return model.dtype();
  }

  @Override
  public ImagePreparation preparation() {
    return preparation;
  }

  @Override
  public Tensor scores(Tensor images) {
    Tensor found = model.values(Map.of(input, images), List.of(scores), Mode.EVAL).get(scores);
    return found.reshape(images.shape().dim(0), -1);
  }

  /** The outputs of its activations; of its convolutions if it has none. */
  @Override
  public List<String> featureNames() {
    List<String> activations =
        model.nodes().stream()
            .filter(node -> ACTIVATIONS.contains(node.operator()))
            .map(node -> node.outputs().get(0))
            .toList();
    return activations.isEmpty()
        ? model.nodes().stream()
            .filter(node -> node.operator().equals("Conv"))
            .map(node -> node.outputs().get(0))
            .toList()
        : activations;
  }

  @Override
  public Map<String, Tensor> featureMaps(Tensor images, Collection<String> names) {
    Map<String, Tensor> maps = model.values(Map.of(input, images), names, Mode.EVAL);
    maps.forEach(
        (name, map) -> {
          if (map.shape().rank() != 4) {
            throw new IllegalArgumentException(
                "'" + name + "' " + map.shape() + " is no feature map [N, C, H, W]");
          }
        });
    return maps;
  }

  @Override
  public int side() {
    return side;
  }

  @Override
  public boolean isFixed() {
    return OnnxImages.isFixed(model);
  }

  @Override
  public void close() {
    model.close();
  }
}
