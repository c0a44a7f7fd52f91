package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.HostArray;

/** Copies between Java arrays and native memory, one copy each way. */
final class HostTransfer {

  private HostTransfer() {}

  static void upload(HostArray values, Nd4jArray target) {
    int size = target.size();
    switch (target.dtype()) {
      case FLOAT32 -> target.floats().put(0, values.floats(), 0, size);
      case FLOAT64 -> target.doubles().put(0, values.doubles(), 0, size);
      case INT64 -> target.longs().put(0, values.longs(), 0, size);
      case BOOL -> {
        boolean[] truth = values.booleans();
        for (int i = 0; i < size; i++) {
          target.bytes().put(i, truth[i] ? (byte) 1 : 0);
        }
      }
    }
  }

  static HostArray download(Nd4jArray source) {
    HostArray values = HostArray.zeros(source.shape(), source.dtype());
    int size = source.size();
    if (size == 0) {
      return values;
    }
    switch (source.dtype()) {
      case FLOAT32 -> source.floats().get(0, values.floats(), 0, size);
      case FLOAT64 -> source.doubles().get(0, values.doubles(), 0, size);
      case INT64 -> source.longs().get(0, values.longs(), 0, size);
      case BOOL -> {
        boolean[] truth = values.booleans();
        for (int i = 0; i < size; i++) {
          truth[i] = source.bytes().get(i) != 0;
        }
      }
    }
    return values;
  }
}
