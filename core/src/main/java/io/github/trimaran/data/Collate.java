package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a batch of samples: PyTorch's {@code collate_fn}.
 *
 * <pre>{@code
 * DataLoader sentences = new DataLoader(samples, 32).collate(Padding.with(0));
 * DataLoader own = new DataLoader(samples, 32).collate(list -> Collate.stack().batch(list).with("extra", pixels));
 * }</pre>
 */
@FunctionalInterface
public interface Collate {

  /** The batch of these samples, at least one, in their order. */
  Batch batch(List<Sample> samples);

  /**
   * Puts the arrays of each name on top of one another, {@code B} of {@code [...]} to {@code [B,
   * ...]}. They must be of one type and shape.
   */
  static Collate stack() {
    return samples -> {
      Map<String, HostArray> arrays = new LinkedHashMap<>();
      for (String name : samples.get(0).names()) {
        arrays.put(name, stacked(name, samples));
      }
      return Batch.of(samples.size(), arrays);
    };
  }

  private static HostArray stacked(String name, List<Sample> samples) {
    HostArray first = samples.get(0).get(name);
    int size = first.shape().size();
    HostArray all = HostArray.zeros(batched(samples.size(), first.shape()), first.dtype());
    for (int i = 0; i < samples.size(); i++) {
      HostArray one = samples.get(i).get(name);
      if (!one.shape().equals(first.shape()) || one.dtype() != first.dtype()) {
        throw new IllegalArgumentException(
            String.format(
                "batch: '%s' is %s %s in its first sample and %s %s in sample %d; make them alike,"
                    + " or collate by Padding",
                name, first.dtype(), first.shape(), one.dtype(), one.shape(), i));
      }
      one.copyTo(0, all, i * size, size);
    }
    return all;
  }

  /** {@code [...] -> [B, ...]}. */
  static Shape batched(int count, Shape shape) {
    int[] extents = new int[shape.rank() + 1];
    extents[0] = count;
    System.arraycopy(shape.dims(), 0, extents, 1, shape.rank());
    return Shape.of(extents);
  }
}
