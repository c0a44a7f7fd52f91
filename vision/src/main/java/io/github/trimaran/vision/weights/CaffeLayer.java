package io.github.trimaran.vision.weights;

import com.google.protobuf.CodedInputStream;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.io.weights.MemoryBudget;
import io.github.trimaran.io.weights.WeightFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the name and the blobs of one layer. */
final class CaffeLayer {

  /** The two messages for a layer, which number these two fields differently. */
  enum Form {
    V1(4, 6),
    V2(1, 7);

    private final int nameField;
    private final int blobsField;

    Form(int nameField, int blobsField) {
      this.nameField = nameField;
      this.blobsField = blobsField;
    }
  }

  private CaffeLayer() {}

  /** Reads the layer whose tag was just read and adds its blobs to {@code arrays}. */
  static void read(
      CodedInputStream proto,
      int tag,
      Form form,
      Path file,
      MemoryBudget budget,
      Map<String, HostArray> arrays)
      throws IOException {
    int outer = ProtoFields.enter(proto, tag);
    String name = "";
    List<HostArray> blobs = new ArrayList<>();
    for (int field = proto.readTag(); field != 0; field = proto.readTag()) {
      if (field >>> 3 == form.nameField) {
        name = readName(proto, field);
      } else if (field >>> 3 == form.blobsField) {
        blobs.add(CaffeBlob.read(proto, field, file, budget));
      } else {
        ProtoFields.skip(proto, field);
      }
    }
    ProtoFields.leave(proto, outer);
    for (int i = 0; i < blobs.size(); i++) {
      String entry = name + (i == 0 ? ".weight" : i == 1 ? ".bias" : ".blob" + i);
      HostArray blob = i == 1 ? CaffeBlob.flattenBias(blobs.get(i)) : blobs.get(i);
      if (arrays.put(entry, blob) != null) {
        throw new WeightFormatException(file.toString(), "two layers have blobs '" + entry + "'");
      }
    }
  }

  private static String readName(CodedInputStream proto, int tag) throws IOException {
    int outer = ProtoFields.enter(proto, tag);
    byte[] name = proto.readRawBytes(proto.getBytesUntilLimit());
    ProtoFields.leave(proto, outer);
    return new String(name, StandardCharsets.UTF_8);
  }
}
