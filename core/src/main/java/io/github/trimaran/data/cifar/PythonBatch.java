package io.github.trimaran.data.cifar;

import io.github.trimaran.array.Shape;
import io.github.trimaran.data.DataException;
import io.github.trimaran.io.weights.NumpyPickle;
import io.github.trimaran.io.weights.WeightFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A batch of CIFAR-10's Python version: a pickled dictionary of {@code data} and {@code labels}.
 */
final class PythonBatch {

  private PythonBatch() {}

  /** The same records as a file of the binary version has: a label, then the pixels, each. */
  static byte[] records(Path file, int images, int pixels) throws IOException {
    Map<?, ?> batch;
    try {
      batch = NumpyPickle.read(file);
    } catch (WeightFormatException e) {
      throw new DataException(e.getMessage() + "; get it again", e);
    }
    if (!(batch.get("data") instanceof NumpyPickle.Bytes data)
        || !data.shape().equals(Shape.of(images, pixels))
        || !(batch.get("labels") instanceof List<?> labels)
        || labels.size() != images) {
      throw new DataException(
          file + ": has no data [" + images + ", " + pixels + "] with their labels; get it again");
    }
    byte[] records = new byte[images * (1 + pixels)];
    for (int i = 0; i < images; i++) {
      int at = i * (1 + pixels);
      records[at] =
          labels.get(i) instanceof Long label && label >= 0 && label < 256
              ? label.byteValue()
              : (byte) 255;
      System.arraycopy(data.values(), i * pixels, records, at + 1, pixels);
    }
    return records;
  }
}
