package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Some samples as named arrays on the host, such as several inputs, a mask and targets.
 *
 * <pre>{@code
 * Batch images = Batch.of(pixels, digits);                // "input" and "target"
 * Batch text = Batch.of(letters, next).with("mask", real); // and whatever else an objective asks for
 * }</pre>
 *
 * <p>Names that the library itself uses: {@link #INPUT}, {@link #TARGET}, {@link #SHARES} and
 * {@link #WEIGHTS}. The set of arrays does not change; their values may, see {@link Mixing}.
 */
public final class Batch extends NamedArrays {

  /** What a model of one input is given: images {@code [B, C, H, W]}, rows {@code [B, D]}, ... */
  public static final String INPUT = "input";

  /** What it should give: classes, INT64 {@code [B]}, or numbers of the output's shape. */
  public static final String TARGET = "target";

  /** Where samples belong to several classes: each class's share of each, {@code [B, K]}. */
  public static final String SHARES = "shares";

  /** How much samples count: one a sample, {@code [B]}, or one a target; floats or BOOL, a mask. */
  public static final String WEIGHTS = "weights";

  private final int size;

  private Batch(int size, Map<String, HostArray> arrays) {
    super("batch", arrays);
    this.size = size;
  }

  /** That many samples as these arrays. */
  public static Batch of(int size, Map<String, HostArray> arrays) {
    if (size < 1 || arrays.isEmpty()) {
      throw new IllegalArgumentException(
          "batch: needs at least one sample and one array, has " + size + " and " + arrays.size());
    }
    return new Batch(size, arrays);
  }

  /** Inputs and their targets, both with the samples along the first axis. */
  public static Batch of(HostArray input, HostArray target) {
    if (input.shape().rank() == 0
        || target.shape().rank() == 0
        || input.shape().dim(0) != target.shape().dim(0)) {
      throw new IllegalArgumentException(
          "batch: input "
              + input.shape()
              + " and target "
              + target.shape()
              + " are not of the same number of samples");
    }
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    arrays.put(INPUT, input);
    arrays.put(TARGET, target);
    return of(input.shape().dim(0), arrays);
  }

  /** The same with another array, or one in the place of that name. */
  public Batch with(String name, HostArray array) {
    return new Batch(size, arraysWith(name, array));
  }

  /**
   * The samples at these places, in this order; a place may come twice. Arrays whose first extent
   * is not the number of samples are of all samples together, and stay whole.
   */
  public Batch rows(int... places) {
    Map<String, HostArray> chosen = new LinkedHashMap<>();
    arrays()
        .forEach(
            (name, array) -> chosen.put(name, isOfSamples(array) ? rows(array, places) : array));
    return of(places.length, chosen);
  }

  /** The samples from {@code from} up to, without, {@code to}, at least one; see {@link #rows}. */
  public Batch range(int from, int to) {
    if (from < 0 || from >= to || to > size) {
      throw new IllegalArgumentException(
          "batch: " + from + " to " + to + " asked for, there are " + size + " samples");
    }
    return rows(IntStream.range(from, to).toArray());
  }

  private boolean isOfSamples(HostArray array) {
    return array.shape().rank() > 0 && array.shape().dim(0) == size;
  }

  private HostArray rows(HostArray array, int... places) {
    int[] extents = array.shape().dims();
    extents[0] = places.length;
    HostArray chosen = HostArray.zeros(Shape.of(extents), array.dtype());
    int width = array.shape().size() / size;
    for (int i = 0; i < places.length; i++) {
      Objects.checkIndex(places[i], size);
      array.copyTo(places[i] * width, chosen, i * width, width);
    }
    return chosen;
  }

  /** The number of samples, B. */
  public int size() {
    return size;
  }

  @Override
  public String toString() {
    return describe(size + " samples:");
  }
}
