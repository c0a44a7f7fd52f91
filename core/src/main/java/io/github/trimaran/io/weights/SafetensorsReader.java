package io.github.trimaran.io.weights;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.json.Json;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one safetensors stream: the header whole, then the tensors in the order of their data. */
final class SafetensorsReader {

  static final String METADATA = "__metadata__";
  private static final long MAX_HEADER = 16 << 20;

  /** Where a tensor's data lie; the type is null where it has no counterpart here. */
  private record Entry(String name, StoredType type, Shape shape, long begin, long end) {}

  private final WeightInput in;
  private final Map<String, String> unread = new LinkedHashMap<>();

  SafetensorsReader(WeightInput in) {
    this.in = in;
  }

  StateDict read() throws IOException {
    long length = in.buffer(8, "the header length").getLong();
    if (length < 2 || length > Math.min(MAX_HEADER, in.remaining())) {
      throw in.error(
          "is no safetensors file, or damaged: no safetensors header of "
              + Long.toUnsignedString(length)
              + " bytes can be in it (at most "
              + Math.min(MAX_HEADER, in.remaining())
              + ")");
    }
    byte[] header = in.bytes(length, "the header");
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    try {
      JsonObject json = Json.parseObject(header);
      for (String name : json.names()) {
        if (name.equals(METADATA)) {
          JsonObject notes = json.object(name);
          for (String note : notes.names()) {
            metadata.put(note, notes.string(note));
          }
        } else {
          entries.add(entry(name, json.object(name)));
        }
      }
    } catch (JsonException e) {
      throw in.error("bad safetensors header: " + e.getMessage());
    }
    return StateDict.of(readData(entries), metadata).withUnread(unread);
  }

  private Entry entry(String name, JsonObject json) throws IOException {
    StoredType type = type(name, json.string("dtype"));
    Shape shape = in.shape(json.integers("shape"), "tensor '" + name + "'");
    long[] offsets = json.integers("data_offsets");
    if (offsets.length != 2 || offsets[0] < 0 || offsets[1] < offsets[0]) {
      throw in.error("tensor '" + name + "' has bad data offsets");
    }
    if (type != null && offsets[1] - offsets[0] != (long) shape.size() * type.bytes()) {
      throw in.error(
          "tensor '"
              + name
              + "': "
              + type
              + " "
              + shape
              + " does not fill offsets "
              + offsets[0]
              + " to "
              + offsets[1]);
    }
    return new Entry(name, type, shape, offsets[0], offsets[1]);
  }

  /** Null for a type without counterpart: that is an error only if the tensor is asked for. */
  private StoredType type(String name, String label) {
    for (StoredType type : StoredType.values()) {
      if (type.name().equals(label)) {
        return type;
      }
    }
    unread.put(name, "has type " + label + ", which is not read");
    return null;
  }

  private Map<String, HostArray> readData(List<Entry> entries) throws IOException {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    entries.stream()
        .filter(entry -> entry.type() != null)
        .forEach(entry -> arrays.put(entry.name(), null));
    List<Entry> byOffset = new ArrayList<>(entries);
    byOffset.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    checkContiguous(byOffset);
    for (Entry entry : byOffset) {
      if (entry.type() == null) {
        in.skip(entry.end() - entry.begin(), "tensor '" + entry.name() + "'");
        continue;
      }
      arrays.put(
          entry.name(),
          in.array(
              entry.type(),
              ByteOrder.LITTLE_ENDIAN,
              entry.shape(),
              "tensor '" + entry.name() + "'"));
    }
    in.end();
    return arrays;
  }

  private void checkContiguous(List<Entry> byOffset) throws WeightFormatException {
    long at = 0;
    for (Entry entry : byOffset) {
      if (entry.begin() != at) {
        throw in.error(
            "tensor '"
                + entry.name()
                + "' begins at "
                + entry.begin()
                + ", where "
                + (entry.begin() < at ? "another one lies" : "a hole from " + at + " would end"));
      }
      at = entry.end();
    }
    if (at != in.remaining()) {
      throw in.error("the tensors take " + at + " bytes, the file has " + in.remaining());
    }
  }
}
