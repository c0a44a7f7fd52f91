package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Filters that whiten the small patches of a set of images: the eigenvectors of the patches'
 * covariance, each divided by the root of its eigenvalue, and then their negatives, so that a ReLU
 * after them loses nothing. As the fixed first layer of a network they let training start from
 * decorrelated inputs (Jordan 2024, "94% on CIFAR-10 in 3.29 seconds on a single GPU", section
 * 3.2).
 *
 * <pre>{@code
 * HostArray filters = PatchWhitening.filters(dataset, Normalization.perChannel(dataset), 2, 5e-4);
 * Layer first = new FixedConv2d(filters);
 * }</pre>
 */
public final class PatchWhitening {

  private PatchWhitening() {}

  /**
   * The filters of all {@code kernel x kernel} patches of the images.
   *
   * @param images a few thousand suffice
   * @param normalization applied to the images first
   * @param kernel rows and columns of a patch
   * @param epsilon added to the eigenvalues, so that noise is not blown up
   * @return float32 {@code [2 C K K, C, K, K]}, the strongest directions first
   * @throws IllegalArgumentException if there are no images or they are smaller than a patch
   */
  public static HostArray filters(
      Dataset images, Normalization normalization, int kernel, double epsilon) {
    Shape image = images.imageShape();
    if (images.size() == 0 || kernel > image.dim(1) || kernel > image.dim(2)) {
      throw new IllegalArgumentException(
          "whitening: no patches of " + kernel + " x " + kernel + " in " + images);
    }
    int dimension = image.dim(0) * kernel * kernel;
    SymmetricEigen eigen = SymmetricEigen.of(covariance(images, normalization, kernel, dimension));
    Integer[] order = new Integer[dimension];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -eigen.values()[i]));
    float[] filters = new float[2 * dimension * dimension];
    for (int i = 0; i < dimension; i++) {
      double scale = 1 / Math.sqrt(eigen.values()[order[i]] + epsilon);
      for (int j = 0; j < dimension; j++) {
        float value = (float) (scale * eigen.vectors()[j][order[i]]);
        filters[i * dimension + j] = value;
        filters[(dimension + i) * dimension + j] = -value;
      }
    }
    return HostArray.of(filters, Shape.of(2 * dimension, image.dim(0), kernel, kernel));
  }

  /** The second moments of the patches, which PyTorch's airbench takes too: means are nearly 0. */
  private static double[][] covariance(
      Dataset images, Normalization normalization, int kernel, int dimension) {
    Shape shape = images.imageShape();
    float[] values = new float[shape.size()];
    double[] patch = new double[dimension];
    double[][] moments = new double[dimension][dimension];
    long count = 0;
    for (int n = 0; n < images.size(); n++) {
      images.copyImage(n, values, 0);
      normalization.apply(values, 0, shape);
      for (int y = 0; y + kernel <= shape.dim(1); y++) {
        for (int x = 0; x + kernel <= shape.dim(2); x++) {
          copyPatch(values, shape, y, x, kernel, patch);
          addOuterProduct(moments, patch);
          count++;
        }
      }
    }
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j <= i; j++) {
        moments[i][j] /= count;
        moments[j][i] = moments[i][j];
      }
    }
    return moments;
  }

  private static void copyPatch(
      float[] values, Shape shape, int y, int x, int kernel, double[] patch) {
    int next = 0;
    for (int c = 0; c < shape.dim(0); c++) {
      for (int i = 0; i < kernel; i++) {
        int row = (c * shape.dim(1) + y + i) * shape.dim(2) + x;
        for (int j = 0; j < kernel; j++) {
          patch[next++] = values[row + j];
        }
      }
    }
  }

  private static void addOuterProduct(double[][] moments, double[] patch) {
    for (int i = 0; i < patch.length; i++) {
      for (int j = 0; j <= i; j++) {
        moments[i][j] += patch[i] * patch[j];
      }
    }
  }
}
