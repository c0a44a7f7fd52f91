package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;

/**
 * Brings the images of a batch to another size: {@code [N, C, H, W] -> [N, C, height, width]}, each
 * pixel a weighted mean of those below it ({@link TriangleFilter}).
 *
 * <pre>{@code
 * DataLoader small = new DataLoader(samples, 32).transformBatch(new ResizeImages(24, 24));
 * }</pre>
 *
 * @param height rows of the new images
 * @param width columns of the new images
 */
public record ResizeImages(int height, int width) implements BatchTransform {

  /** Requires at least one pixel. */
  public ResizeImages {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "resize: height and width must be at least 1, are " + height + " and " + width);
    }
  }

  /** The batch with its images at the new size; nothing here is random. */
  @Override
  public Batch apply(Batch batch, Rng rng) {
    return apply(batch);
  }

  /** The batch with its images at the new size. */
  Batch apply(Batch batch) {
    Shape shape = batch.input().shape();
    if (shape.rank() != 4) {
      throw new IllegalArgumentException("resize: images must be [N, C, H, W], are " + shape);
    }
    int planes = shape.dim(0) * shape.dim(1);
    int oldHeight = shape.dim(2);
    int oldWidth = shape.dim(3);
    TriangleFilter rows = TriangleFilter.between(oldHeight, height);
    TriangleFilter columns = TriangleFilter.between(oldWidth, width);
    float[] narrowed = lines(batch.input().floats(), planes * oldHeight, oldWidth, 1, columns);
    float[] resized = lines(narrowed, planes, oldHeight, width, rows);
    return batch.with(
        Batch.INPUT, HostArray.of(resized, Shape.of(shape.dim(0), shape.dim(1), height, width)));
  }

  /** Lines of {@code from} groups of {@code group} values each, all values of a group alike. */
  private static float[] lines(
      float[] values, int count, int from, int group, TriangleFilter filter) {
    int to = filter.length();
    float[][] weights = new float[to][];
    for (int i = 0; i < to; i++) {
      weights[i] = floats(filter.weights(i));
    }
    float[] result = new float[count * to * group];
    // Line by line, so that a line stays in the cache until it is done.
    for (int line = 0; line < count; line++) {
      for (int i = 0; i < to; i++) {
        int target = (line * to + i) * group;
        int source = (line * from + filter.first(i)) * group;
        for (float weight : weights[i]) {
          for (int k = 0; k < group; k++) {
            result[target + k] += weight * values[source + k];
          }
          source += group;
        }
      }
    }
    return result;
  }

  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
