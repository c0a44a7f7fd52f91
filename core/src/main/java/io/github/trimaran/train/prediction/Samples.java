package io.github.trimaran.train.prediction;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.List;

/** Arrays of one sample each as one array of all, and back. */
final class Samples {

  private Samples() {}

  /** Arrays of one shape and dtype along a new first axis. */
  static HostArray stack(List<HostArray> samples) {
    HostArray first = samples.get(0);
    int[] extents = new int[first.shape().rank() + 1];
    extents[0] = samples.size();
    System.arraycopy(first.shape().dims(), 0, extents, 1, extents.length - 1);
    HostArray all = HostArray.zeros(Shape.of(extents), first.dtype());
    int size = first.shape().size();
    for (int i = 0; i < samples.size(); i++) {
      System.arraycopy(values(samples.get(i)), 0, values(all), i * size, size);
    }
    return all;
  }

  /** The first {@code count} parts along the first axis. */
  static List<HostArray> split(HostArray all, int count) {
    Shape shape = all.shape().without(0);
    List<HostArray> samples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      HostArray one = HostArray.zeros(shape, all.dtype());
      System.arraycopy(values(all), i * shape.size(), values(one), 0, shape.size());
      samples.add(one);
    }
    return samples;
  }

  private static Object values(HostArray array) {
    DType dtype = array.dtype();
    return switch (dtype) {
      case FLOAT32 -> array.floats();
      case FLOAT64 -> array.doubles();
      case INT64 -> array.longs();
      case BOOL -> array.booleans();
    };
  }
}
