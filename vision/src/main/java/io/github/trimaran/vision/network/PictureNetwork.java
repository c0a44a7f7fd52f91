package io.github.trimaran.vision.network;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.io.weights.ImagePreparation;
import io.github.trimaran.nn.models.PreparedImages;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.tensor.Tensor;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A network that tells classes of pictures, with its feature maps: what style transfer, saliency
 * maps and class visualisation look through.
 *
 * <pre>{@code
 * PictureNetwork net = PictureNetwork.of(SqueezeNet.pretrained(backend, DType.FLOAT32, weights));
 * HostArray map = Saliency.map(net, pixels, 1);
 * }</pre>
 */
public interface PictureNetwork extends AutoCloseable {

  /** SqueezeNet as such a network; closing it closes that one. */
  static PictureNetwork of(SqueezeNet net) {
    return new SqueezeNetPictures(net);
  }

  /** What it computes on. */
  Backend<?> backend();

  /** What it computes in. */
  DType dtype();

  /** How it wants its images. */
  ImagePreparation preparation();

  /** Its input for pixels {@code [N, 3, H, W]} from 0 to 255, differentiable. */
  default Tensor prepare(Tensor pixels) {
    return PreparedImages.of(pixels, preparation());
  }

  /** Scores before any softmax, {@code [N, 3, H, W] -> [N, K]}. */
  Tensor scores(Tensor input);

  /** The names of the feature maps, in order. */
  List<String> featureNames();

  /**
   * Feature maps {@code [N, C, H', W']} by name.
   *
   * @throws IllegalArgumentException if there is no map of a name
   */
  Map<String, Tensor> featureMaps(Tensor input, Collection<String> names);

  /** The height and width of the images it was trained with. */
  int side();

  /** Whether it takes images of that size alone. */
  boolean isFixed();

  /** Releases its weights. */
  @Override
  void close();
}
