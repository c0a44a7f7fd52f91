package io.github.trimaran.vision.visualize;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.vision.network.PictureNetwork;
import java.util.Arrays;

/**
 * Saliency maps (Simonyan, Vedaldi and Zisserman 2014, "Deep Inside Convolutional Networks",
 * section 3.1): how much the score of a class depends on each pixel,
 *
 * <pre>
 * M[y, x] = max over c of |d S_class / d pixel[c, y, x]|
 * </pre>
 */
public final class Saliency {

  private Saliency() {}

  /**
   * The map of one picture.
   *
   * @param pixels {@code [1, 3, H, W]}, red, green and blue from 0 to 255
   * @param classIndex whose score
   * @return {@code [H, W]}, at least 0
   */
  public static HostArray map(PictureNetwork net, HostArray pixels, int classIndex) {
    try (Scope scope = Scope.open("the making of a saliency map")) {
      Tensor x = Tensor.of(net.backend(), pixels.to(net.dtype())).requiresGrad();
      Tensor score = ClassScore.of(net.scores(net.prepare(x)), classIndex);
      return Gradients.of(score, x).get(x).abs().max(0, 1).toHost();
    }
  }

  /** The map as pixels {@code [1, 3, H, W]} in grey, its largest values white. */
  public static HostArray toPixels(HostArray map) {
    Shape shape = map.shape();
    double[] sorted = map.toDoubles();
    Arrays.sort(sorted);
    // A few pixels stand out so far that scaling by the very largest would leave the rest black.
    double white = Math.max(sorted[(int) (0.995 * (sorted.length - 1))], Double.MIN_NORMAL);
    float[] pixels = new float[3 * shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) (255 * Math.min(1, map.get(i % shape.size()) / white));
    }
    return HostArray.of(pixels, Shape.of(1, 3, shape.dim(0), shape.dim(1)));
  }
}
