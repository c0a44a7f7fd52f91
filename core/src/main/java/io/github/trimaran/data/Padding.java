package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a batch of samples of different lengths: arrays are filled up behind to the largest extent
 * of each axis, {@code [T, ...] -> [B, max T, ...]}.
 *
 * <pre>{@code
 * Collate padding = Padding.with(0).and("target", -1).lengths("input");
 * }</pre>
 *
 * <p>{@code lengths} adds {@code "input_length"}, INT64 {@code [B]}: the first extent of each array
 * before it was filled up. {@code mask} adds {@code "input_mask"}, BOOL {@code [B, max T]}, true
 * for what was there. PyTorch has {@code pad_sequence} for this, and a {@code collate_fn}.
 */
public final class Padding implements Collate {

  private final double value;
  private final Map<String, Double> values;
  private final List<String> lengths;
  private final Map<String, String> masks;

  private Padding(
      double value, Map<String, Double> values, List<String> lengths, Map<String, String> masks) {
    this.value = value;
    this.values = values;
    this.lengths = lengths;
    this.masks = masks;
  }

  /** Fills up with this value: a number that means nothing, such as a token for padding. */
  public static Padding with(double value) {
    return new Padding(value, Map.of(), List.of(), Map.of());
  }

  /** The same with another value for the arrays of that name. */
  public Padding and(String name, double other) {
    Map<String, Double> more = new LinkedHashMap<>(values);
    more.put(name, other);
    return new Padding(value, more, lengths, masks);
  }

  /** The same with the lengths of those arrays, each called {@code <name>_length}. */
  public Padding lengths(String... names) {
    return new Padding(value, values, List.of(names), masks);
  }

  /** The same with a mask for the arrays of that name, called {@code <name>_mask}. */
  public Padding mask(String name) {
    return mask(name, name + "_mask");
  }

  /**
   * The same with a mask of that name, such as {@link Batch#WEIGHTS}: then what was filled up does
   * not count in the loss.
   */
  public Padding mask(String name, String mask) {
    Map<String, String> more = new LinkedHashMap<>(masks);
    more.put(mask, name);
    return new Padding(value, values, lengths, more);
  }

  @Override
  public Batch batch(List<Sample> samples) {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    for (String name : samples.get(0).names()) {
      List<HostArray> parts = samples.stream().map(sample -> sample.get(name)).toList();
      arrays.put(name, padded(name, parts, values.getOrDefault(name, value)));
    }
    for (String name : lengths) {
      long[] counts = samples.stream().mapToLong(sample -> length(name, sample)).toArray();
      arrays.put(name + "_length", HostArray.of(counts, Shape.of(counts.length)));
    }
    masks.forEach(
        (mask, name) -> {
          int longest = samples.stream().mapToInt(sample -> length(name, sample)).max().orElse(0);
          boolean[] real = new boolean[samples.size() * longest];
          for (int i = 0; i < samples.size(); i++) {
            int from = i * longest;
            Arrays.fill(real, from, from + length(name, samples.get(i)), true);
          }
          arrays.put(mask, HostArray.of(real, Shape.of(samples.size(), longest)));
        });
    return Batch.of(samples.size(), arrays);
  }

  private static int length(String name, Sample sample) {
    Shape shape = sample.get(name).shape();
    if (shape.rank() == 0) {
      throw new IllegalArgumentException(
          "padding: '" + name + "' is a single value and has no length");
    }
    return shape.dim(0);
  }

  private static HostArray padded(String name, List<HostArray> parts, double value) {
    HostArray first = parts.get(0);
    int[] extents = first.shape().dims();
    for (HostArray part : parts) {
      if (part.shape().rank() != extents.length || part.dtype() != first.dtype()) {
        throw new IllegalArgumentException(
            String.format(
                "padding: '%s' is %s %s in one sample and %s %s in another; type and number of axes"
                    + " must be the same",
                name, first.dtype(), first.shape(), part.dtype(), part.shape()));
      }
      for (int axis = 0; axis < extents.length; axis++) {
        extents[axis] = Math.max(extents[axis], part.shape().dim(axis));
      }
    }
    Shape largest = Shape.of(extents);
    HostArray all = HostArray.zeros(Collate.batched(parts.size(), largest), first.dtype());
    for (int i = 0; value != 0 && i < all.shape().size(); i++) {
      all.set(i, value);
    }
    for (int i = 0; i < parts.size(); i++) {
      copy(parts.get(i), 0, 0, all, i * largest.size(), largest);
    }
    return all;
  }

  /** Copies an array, from an axis on, into the corner of a larger one. */
  private static void copy(
      HostArray part, int axis, int from, HostArray all, int to, Shape largest) {
    if (axis >= part.shape().rank() - 1) {
      part.copyTo(from, all, to, part.shape().rank() == 0 ? 1 : part.shape().dim(axis));
      return;
    }
    int step = part.shape().strides()[axis];
    int stepInto = largest.strides()[axis];
    for (int i = 0; i < part.shape().dim(axis); i++) {
      copy(part, axis + 1, from + i * step, all, to + i * stepInto, largest);
    }
  }
}
