package io.github.trimaran.io.weights;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.io.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes one safetensors stream. The header keeps the order of the dictionary; the data lie with
 * the widest types first, so that every tensor is aligned to its element size.
 */
final class SafetensorsWriter {

  private static final int CHUNK = 1 << 16;

  private final StateDict dict;
  private final boolean half;

  SafetensorsWriter(StateDict dict, boolean half) {
    if (dict.contains(SafetensorsReader.METADATA)) {
      throw new IllegalArgumentException(
          "safetensors: no tensor can be called " + SafetensorsReader.METADATA);
    }
    this.dict = dict;
    this.half = half;
  }

  void writeTo(OutputStream out) throws IOException {
    List<String> byWidth = new ArrayList<>(dict.names());
    byWidth.sort(Comparator.comparingInt(name -> -type(dict.get(name)).bytes()));
    byte[] header = header(byWidth);
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
    out.write(header);
    for (String name : byWidth) {
      writeArray(dict.get(name), out);
    }
  }

  private byte[] header(List<String> byWidth) {
    Map<String, Long> begins = new LinkedHashMap<>();
    long at = 0;
    for (String name : byWidth) {
      begins.put(name, at);
      at += bytes(dict.get(name));
    }
    Map<String, Object> header = new LinkedHashMap<>();
    if (!dict.metadata().isEmpty()) {
      header.put(SafetensorsReader.METADATA, dict.metadata());
    }
    dict.arrays()
        .forEach(
            (name, array) -> {
              Map<String, Object> entry = new LinkedHashMap<>();
              entry.put("dtype", type(array).name());
              entry.put("shape", extents(array));
              entry.put("data_offsets", List.of(begins.get(name), begins.get(name) + bytes(array)));
              header.put(name, entry);
            });
    String json = Json.write(header);
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    return (json + " ".repeat(-length & 7)).getBytes(StandardCharsets.UTF_8);
  }

  private StoredType type(HostArray array) {
    return half && array.dtype() == DType.FLOAT32 ? StoredType.F16 : StoredType.of(array.dtype());
  }

  private long bytes(HostArray array) {
    return (long) array.shape().size() * type(array).bytes();
  }

  private static List<Integer> extents(HostArray array) {
    List<Integer> extents = new ArrayList<>();
    for (int extent : array.shape().dims()) {
      extents.add(extent);
    }
    return extents;
  }

  private void writeArray(HostArray array, OutputStream out) throws IOException {
    StoredType type = type(array);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    int perChunk = CHUNK / type.bytes();
    int done = 0;
    while (done < array.shape().size()) {
      int count = Math.min(perChunk, array.shape().size() - done);
      type.encode(array, done, count, chunk.clear());
      out.write(chunk.array(), 0, chunk.position());
      done += count;
    }
  }
}
