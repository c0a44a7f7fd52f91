package io.github.trimaran.vision.weights;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.io.weights.FileHead;
import io.github.trimaran.io.weights.MemoryBudget;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.io.weights.WeightFormat;
import io.github.trimaran.io.weights.WeightFormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Caffe's {@code .caffemodel}: a {@code NetParameter} of protocol buffers, with layers in the old
 * (V1) or the new form. The blobs of a layer become {@code LAYER.weight} and {@code LAYER.bias},
 * further ones {@code LAYER.blob2}, ...
 *
 * <p>Only names and blobs are read, field by field; everything else is skipped. Float and double
 * data become float32 and float64. Field numbers are those of Caffe's {@code caffe.proto}. The
 * metadata note the image preparation that Caffe's ImageNet models share: B, G, R in 0..255 with
 * the mean of the training set taken off.
 */
public final class CaffeModel implements WeightFormat {

  private static final int NET_NAME = 1;
  private static final int NET_LAYERS_V1 = 2;
  private static final int NET_LAYER = 100;
  private static final int MAX_NET_NAME = 200;

  /**
   * What may follow the name: layers, inputs, their shapes, a state; each as the tag's first byte.
   */
  private static final List<Integer> TAGS_AFTER_NAME =
      List.of(0x12, 0x1a, 0x20, 0x28, 0x32, 0x38, 0x42, 0xa2);

  private static final Map<String, String> METADATA =
      Map.of(
          "format", "caffemodel",
          "channel_order", "BGR",
          "pixel_range", "0..255",
          "mean", "104,117,123 (B,G,R), subtracted; no division by a standard deviation");

  @Override
  public String name() {
    return "Caffe .caffemodel";
  }

  /**
   * Protocol buffers have no magic number; a printable net name with a fitting field after it will
   * do.
   */
  @Override
  public boolean recognises(FileHead head) {
    byte[] bytes = head.bytes();
    if (bytes.length < 4 || bytes[0] != (NET_NAME << 3 | 2)) {
      return head.startsWith(NET_LAYERS_V1 << 3 | 2) || head.startsWith(0xa2, 0x06);
    }
    int length = bytes[1];
    if (length < 0 || length > MAX_NET_NAME || length + 2 >= bytes.length) {
      return false;
    }
    String name = new String(bytes, 2, length, StandardCharsets.UTF_8);
    return name.chars().noneMatch(Character::isISOControl)
        && TAGS_AFTER_NAME.contains(bytes[2 + length] & 0xff);
  }

  @Override
  public StateDict read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2)) {
      throw new WeightFormatException(
          file.toString(), "a Caffe model of " + (size >> 20) + " MB does not fit into memory");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(in, (int) size, file);
    }
  }

  /** Reads a model of that many bytes. */
  static StateDict read(InputStream in, int size, Path file) throws IOException {
    try {
      CodedInputStream proto = CodedInputStream.newInstance(in);
      proto.setSizeLimit(Integer.MAX_VALUE);
      proto.pushLimit(size);
      return StateDict.of(readNet(proto, file), METADATA);
    } catch (InvalidProtocolBufferException e) {
      throw new WeightFormatException(
          file.toString(), "truncated or damaged Caffe model: " + e.getMessage(), e);
    }
  }

  private static Map<String, HostArray> readNet(CodedInputStream proto, Path file)
      throws IOException {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    MemoryBudget budget = MemoryBudget.ofHeap();
    for (int tag = proto.readTag(); tag != 0; tag = proto.readTag()) {
      switch (tag >>> 3) {
        case NET_LAYERS_V1 -> CaffeLayer.read(proto, tag, CaffeLayer.Form.V1, file, budget, arrays);
        case NET_LAYER -> CaffeLayer.read(proto, tag, CaffeLayer.Form.V2, file, budget, arrays);
        default -> ProtoFields.skip(proto, tag);
      }
    }
    if (arrays.isEmpty()) {
      throw new WeightFormatException(file.toString(), "a Caffe model without any blobs");
    }
    return arrays;
  }
}
