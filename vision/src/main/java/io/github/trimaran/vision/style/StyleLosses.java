package io.github.trimaran.vision.style;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;

/**
 * The losses of Gatys, Ecker and Bethge, "Image Style Transfer Using Convolutional Neural Networks"
 * (CVPR 2016).
 *
 * <p>Feature maps {@code [1, C, H, W]} or {@code [C, M]} are taken as a matrix a with a row for
 * each channel and a column for each of the M positions; N = C M is the number of its elements.
 */
public final class StyleLosses {

  private StyleLosses() {}

  /**
   * The Gram matrix {@code G = a a^T}, {@code [C, C]}: how much channels occur together, wherever.
   */
  public static Tensor gram(Tensor features) {
    Tensor a = matrix(features);
    return a.matmul(a.mT());
  }

  /** {@code 1 / (4 N^2) sum (G - Gs)^2}; equation 4 of the paper. */
  public static Tensor style(Tensor features, Tensor targetGram) {
    Tensor difference = gram(features).sub(targetGram);
    double n = features.shape().size();
    return difference.mul(difference).sum().div(4 * n * n);
  }

  /**
   * The gradient of {@link #style} with respect to a in closed form, {@code 1 / N^2 (G - Gs) a},
   * {@code [C, M]}; equation 6 of the paper.
   */
  public static Tensor styleGradient(Tensor features, Tensor targetGram) {
    Tensor a = matrix(features);
    double n = features.shape().size();
    return gram(features).sub(targetGram).matmul(a).div(n * n);
  }

  /** {@code 1 / N sum (a - p)^2} for maps of the same shape. */
  public static Tensor content(Tensor features, Tensor target) {
    Tensor difference = features.sub(target);
    return difference.mul(difference).mean();
  }

  /** The squared differences of neighbours in an image {@code [1, C, H, W]}, summed, over H W. */
  public static Tensor totalVariation(Tensor image) {
    Shape shape = image.shape();
    int height = shape.dim(2);
    int width = shape.dim(3);
    Tensor down = image.narrow(2, 1, height - 1).sub(image.narrow(2, 0, height - 1));
    Tensor across = image.narrow(3, 1, width - 1).sub(image.narrow(3, 0, width - 1));
    return down.mul(down).sum().add(across.mul(across).sum()).div(height * width);
  }

  private static Tensor matrix(Tensor features) {
    Shape shape = features.shape();
    if (shape.rank() == 2) {
      return features;
    }
    if (shape.rank() != 4 || shape.dim(0) != 1) {
      throw new IllegalArgumentException(
          "gram: feature maps must be [1, C, H, W] or [C, M], are " + shape);
    }
    return features.reshape(shape.dim(1), shape.dim(2) * shape.dim(3));
  }
}
