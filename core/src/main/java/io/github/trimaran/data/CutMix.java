package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;

/**
 * Pastes a rectangle of another image of the batch into an image, and shares out its label by area
 * (Yun et al. 2019, "CutMix", arXiv:1905.04899): with {@code l} uniform from 0 to 1, the rectangle
 * has {@code sqrt(1 - l)} of the image's height and width, and its centre lies anywhere in the
 * image, so that part of it may lie outside and is left out. Each image draws its own rectangle.
 *
 * <pre>{@code
 * Batches training = Batches.shuffled(dataset, 50, rng).mixed(new CutMix(0.5));
 * }</pre>
 *
 * @param probability how likely it is that an image is changed
 */
public record CutMix(double probability) implements Mixing {

  /** Checks the probability. */
  public CutMix {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("cutmix: probability must be 0 to 1, is " + probability);
    }
  }

  /**
   * A label becomes that of the larger share.
   *
   * @throws IllegalArgumentException if a label is not from 0 to {@code classes - 1}
   */
  @Override
  public Batch mix(Batch batch, int classes, Rng rng) {
    float[] images = batch.input().floats().clone();
    long[] labels = ClassIndices.copied("cutmix", batch.target().longs(), classes);
    int[] partners = rng.permutation(batch.size());
    float[] shares = new float[batch.size() * classes];
    for (int i = 0; i < batch.size(); i++) {
      int partner = partners[i];
      double pasted = rng.nextDouble() < probability ? paste(batch, i, images, partner, rng) : 0;
      shares[i * classes + (int) labels[i]] += (float) (1 - pasted);
      shares[i * classes + (int) labels[partner]] += (float) pasted;
      batch.target().longs()[i] = labels[pasted > 0.5 ? partner : i];
    }
    return batch.with(Batch.SHARES, HostArray.of(shares, Shape.of(batch.size(), classes)));
  }

  /** Gives the share of the image that was pasted over. */
  private static double paste(Batch batch, int image, float[] from, int partner, Rng rng) {
    Shape shape = batch.input().shape();
    int height = shape.dim(2);
    int width = shape.dim(3);
    double side = Math.sqrt(1 - rng.nextDouble());
    int rows = (int) (side * height);
    int columns = (int) (side * width);
    int top = rng.nextInt(height) - rows / 2;
    int left = rng.nextInt(width) - columns / 2;
    int bottom = Math.min(top + rows, height);
    int right = Math.min(left + columns, width);
    top = Math.max(top, 0);
    left = Math.max(left, 0);
    int channels = shape.dim(1);
    for (int c = 0; c < channels; c++) {
      for (int y = top; y < bottom; y++) {
        int source = ((partner * channels + c) * height + y) * width + left;
        int target = ((image * channels + c) * height + y) * width + left;
        System.arraycopy(from, source, batch.input().floats(), target, right - left);
      }
    }
    return (double) (bottom - top) * (right - left) / (height * width);
  }
}
