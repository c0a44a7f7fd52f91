package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;
import java.util.LinkedHashMap;
import java.util.Map;

/** Samples along the first axis of arrays. */
final class ArraySamples implements Samples {

  private final Map<String, HostArray> arrays;
  private final int size;

  ArraySamples(Map<String, HostArray> arrays) {
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException("samples: needs at least one array");
    }
    this.arrays = new LinkedHashMap<>(arrays);
    Map.Entry<String, HostArray> first = this.arrays.entrySet().iterator().next();
    this.size = rows(first.getKey(), first.getValue());
    this.arrays.forEach(
        (name, array) -> {
          if (rows(name, array) != size) {
            throw new IllegalArgumentException(
                "samples: '"
                    + first.getKey()
                    + "' "
                    + first.getValue().shape()
                    + " and '"
                    + name
                    + "' "
                    + array.shape()
                    + " are not of the same number of samples");
          }
        });
  }

  private static int rows(String name, HostArray array) {
    if (array.shape().rank() == 0) {
      throw new IllegalArgumentException(
          "samples: '" + name + "' is a single value; samples lie along the first axis");
    }
    return array.shape().dim(0);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Sample get(int index) {
    Map<String, HostArray> rows = new LinkedHashMap<>();
    arrays.forEach((name, array) -> rows.put(name, array.row(index)));
    return Sample.of(rows);
  }
}
