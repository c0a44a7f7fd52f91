package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Labelled images of one size on the host, {@code [N, C, H, W]}, as bytes or floats. Subsets share
 * the pixels with the whole. Values of bytes are 0 to 255; {@link Normalization} scales them.
 *
 * <pre>{@code
 * Dataset digits = EmbeddedDigits.trainTest(2_000, 1_000).train();
 * Dataset few = digits.take(100);
 * HostArray first = few.image(0);           // [1, 28, 28]
 * String name = few.classNames().get(few.label(0));
 * }</pre>
 *
 * <p>As {@link Samples}: the image as {@code "input"}, float32 {@code [C, H, W]} and unscaled, and
 * its class as {@code "target"}.
 */
public final class Dataset implements Samples {

  private final DataSource source;
  private final List<String> classNames;
  private final Shape imageShape;
  private final Pixels pixels;
  private final int[] labels;
  private final int[] rows;

  private Dataset(
      DataSource source,
      List<String> classNames,
      Shape imageShape,
      Pixels pixels,
      int[] labels,
      int[] rows) {
    this.source = source;
    this.classNames = classNames;
    this.imageShape = imageShape;
    this.pixels = pixels;
    this.labels = labels;
    this.rows = rows;
  }

  /**
   * Images of bytes.
   *
   * @param source where they come from
   * @param classNames the names of classes 0, 1, ...
   * @param imageShape {@code [C, H, W]}
   * @param images {@code [N, C, H, W]} flat, kept and not copied
   * @param labels {@code [N]}, each an index into the class names; kept and not copied
   */
  public static Dataset ofBytes(
      DataSource source, List<String> classNames, Shape imageShape, byte[] images, int[] labels) {
    return of(source, classNames, imageShape, new Pixels.Bytes(images), labels);
  }

  /** Images of floats; otherwise as {@link #ofBytes}. */
  public static Dataset ofFloats(
      DataSource source, List<String> classNames, Shape imageShape, float[] images, int[] labels) {
    return of(source, classNames, imageShape, new Pixels.Floats(images), labels);
  }

  private static Dataset of(
      DataSource source, List<String> classNames, Shape imageShape, Pixels pixels, int[] labels) {
    if (imageShape.rank() != 3) {
      throw new IllegalArgumentException(
          "dataset: an image has the shape [C, H, W], got " + imageShape);
    }
    if (pixels.length() != (long) labels.length * imageShape.size()) {
      throw new IllegalArgumentException(
          "dataset: "
              + labels.length
              + " labels do not go with "
              + pixels.length()
              + " values of images "
              + imageShape);
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classNames.size()) {
        throw new IllegalArgumentException(
            "dataset: label "
                + labels[i]
                + " of image "
                + i
                + " is none of the "
                + classNames.size()
                + " classes");
      }
    }
    int[] rows = IntStream.range(0, labels.length).toArray();
    return new Dataset(source, List.copyOf(classNames), imageShape, pixels, labels, rows);
  }

  /** Where the images come from. */
  public DataSource source() {
    return source;
  }

  /** The names of classes 0, 1, ... */
  public List<String> classNames() {
    return classNames;
  }

  /** The number of classes. */
  public int classes() {
    return classNames.size();
  }

  /** The number of images, N. */
  @Override
  public int size() {
    return rows.length;
  }

  /** {@code [C, H, W]}. */
  public Shape imageShape() {
    return imageShape;
  }

  @Override
  public Sample get(int index) {
    return Sample.of(image(index), label(index));
  }

  /** Whether the values are bytes, 0 to 255, as pixels of pictures are. */
  public boolean isBytes() {
    return pixels instanceof Pixels.Bytes;
  }

  /** The class of an image. */
  public int label(int index) {
    return labels[rows[index]];
  }

  /** The classes of all images, {@code [N]}. */
  @Override
  public int[] labels() {
    return Arrays.stream(rows).map(row -> labels[row]).toArray();
  }

  /** Copies an image's values {@code [C, H, W]} as floats, unscaled. */
  public void copyImage(int index, float[] target, int offset) {
    pixels.copy(rows[index] * imageShape.size(), imageShape.size(), target, offset);
  }

  /** An image's values {@code [C, H, W]}, unscaled, as a float32 array. */
  public HostArray image(int index) {
    float[] values = new float[imageShape.size()];
    copyImage(index, values, 0);
    return HostArray.of(values, imageShape);
  }

  /** The first {@code count} images. */
  @Override
  public Dataset take(int count) {
    return range(0, count);
  }

  /**
   * The images from {@code from} up to, without, {@code to}.
   *
   * @throws IllegalArgumentException if there are fewer
   */
  @Override
  public Dataset range(int from, int to) {
    if (from < 0 || from > to || to > size()) {
      throw new IllegalArgumentException(
          "dataset: images "
              + from
              + " to "
              + to
              + " asked for, but "
              + source.name()
              + " has "
              + size()
              + " here");
    }
    return withRows(Arrays.copyOfRange(rows, from, to));
  }

  /** The images at these positions, in their order; one may come more than once. */
  @Override
  public Dataset select(int... indices) {
    return withRows(Arrays.stream(indices).map(i -> rows[i]).toArray());
  }

  private Dataset withRows(int[] selected) {
    return new Dataset(source, classNames, imageShape, pixels, labels, selected);
  }

  @Override
  public String toString() {
    return source + ": " + size() + " images " + imageShape + ", " + classes() + " classes";
  }
}
