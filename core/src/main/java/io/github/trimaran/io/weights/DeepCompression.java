package io.github.trimaran.io.weights;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pruned and quantised SqueezeNet 1.0 that the authors of "Deep Compression" (Han, Mao, Dally,
 * ICLR 2016) publish: 26 counts of stored entries, then for each convolution a table of 256 values,
 * the biases, one byte an entry (its index into the table) and half a byte an entry, low first (the
 * gap to the entry before it).
 *
 * <pre>{@code
 * StateDict weights = DeepCompression.read(Path.of("compressed_SqueezeNet.net"));
 * SqueezeNet network = SqueezeNet.pretrained(backend, DType.FLOAT32, weights);
 * }</pre>
 *
 * <p>With gaps g the entries lie at {@code cumsum(g + 1) - 1} of the flattened OIHW weight;
 * everywhere else is index 0. Names are torchvision's; the metadata say how the network wants its
 * images.
 */
public final class DeepCompression {

  private static final int TABLE = 256;
  private static final List<Layer> LAYERS = layers();
  private static final Map<String, String> METADATA =
      Map.of(
          "architecture", "SqueezeNet v1.0 (Caffe), state_dict names of torchvision squeezenet1_0",
          "channel_order", "BGR",
          "pixel_range", "0..255",
          "mean", "104,117,123 (B,G,R), subtracted; no division by a standard deviation");

  private record Layer(String name, Shape weight) {}

  private DeepCompression() {}

  private static List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer("features.0", Shape.of(96, 3, 7, 7)));
    int[] indices = {3, 4, 5, 7, 8, 9, 10, 12};
    int[] squeezes = {16, 16, 32, 32, 48, 48, 64, 64};
    int channels = 96;
    for (int i = 0; i < indices.length; i++) {
      int squeeze = squeezes[i];
      String fire = "features." + indices[i];
      layers.add(new Layer(fire + ".squeeze", Shape.of(squeeze, channels, 1, 1)));
      layers.add(new Layer(fire + ".expand1x1", Shape.of(4 * squeeze, squeeze, 1, 1)));
      layers.add(new Layer(fire + ".expand3x3", Shape.of(4 * squeeze, squeeze, 3, 3)));
      channels = 8 * squeeze;
    }
    layers.add(new Layer("classifier.1", Shape.of(1000, channels, 1, 1)));
    return layers;
  }

  /**
   * Whether a file of this size and these counts is of this format: both must agree to the byte.
   */
  static boolean recognises(FileHead head) {
    if (head.bytes().length < 4 * LAYERS.size()) {
      return false;
    }
    ByteBuffer counts = ByteBuffer.wrap(head.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    long size = 4L * LAYERS.size();
    for (Layer layer : LAYERS) {
      long count = counts.getInt() & 0xffffffffL;
      size += 4L * TABLE + 4L * layer.weight().dim(0) + count + (count + 1) / 2;
    }
    return size == head.size();
  }

  /**
   * Reads a file.
   *
   * @throws WeightFormatException if it is damaged or not of this format
   */
  public static StateDict read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(new WeightInput(in, Files.size(file), file.toString(), MemoryBudget.ofHeap()));
    }
  }

  static StateDict read(WeightInput in) throws IOException {
    ByteBuffer counts = in.buffer(4 * LAYERS.size(), "the counts");
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    for (Layer layer : LAYERS) {
      readLayer(layer, counts.getInt() & 0xffffffffL, in, arrays);
    }
    in.end();
    return StateDict.of(arrays, METADATA);
  }

  private static void readLayer(
      Layer layer, long count, WeightInput in, Map<String, HostArray> arrays) throws IOException {
    Shape shape = layer.weight();
    if (count > shape.size()) {
      throw in.error(
          layer.name() + " stores " + count + " entries, its weight has " + shape.size());
    }
    float[] table = floats(TABLE, layer.name() + " table", in);
    float[] bias = floats(shape.dim(0), layer.name() + " bias", in);
    byte[] indices = in.bytes(count, layer.name() + " indices");
    byte[] gaps = in.bytes((count + 1) / 2, layer.name() + " gaps");
    float[] weight = new float[shape.size()];
    Arrays.fill(weight, table[0]);
    int position = -1;
    for (int i = 0; i < count; i++) {
      position += 1 + (gaps[i / 2] >> (4 * (i & 1)) & 0xf);
      if (position >= weight.length) {
        throw in.error(layer.name() + " has entries beyond its weight of " + weight.length);
      }
      weight[position] = table[indices[i] & 0xff];
    }
    arrays.put(layer.name() + ".weight", HostArray.of(weight, shape));
    arrays.put(layer.name() + ".bias", HostArray.of(bias, Shape.of(bias.length)));
  }

  private static float[] floats(int count, String what, WeightInput in) throws IOException {
    return in.array(StoredType.F32, ByteOrder.LITTLE_ENDIAN, Shape.of(count), what).floats();
  }
}
