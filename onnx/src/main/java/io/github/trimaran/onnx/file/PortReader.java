package io.github.trimaran.onnx.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads what a graph says of an input or output (ValueInfoProto, TypeProto). */
final class PortReader {

  private String name = "";
  private ElementType type = ElementType.UNDEFINED;
  private List<String> extents;

  static Port read(Fields fields) throws IOException {
    PortReader reader = new PortReader();
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> reader.name = fields.text();
        case 2 -> reader.type(fields.message());
        default -> fields.skip();
      }
    }
    return new Port(
        reader.name, reader.type, reader.extents == null ? null : List.copyOf(reader.extents));
  }

  /** Only tensors are read: sequences, maps and the like stay of no type. */
  private void type(Fields fields) throws IOException {
    while (fields.next()) {
      if (fields.number() == 1) {
        tensor(fields.message());
      } else {
        fields.skip();
      }
    }
  }

  private void tensor(Fields fields) throws IOException {
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> type = ElementType.of(fields.integer());
        case 2 -> shape(fields.message());
        default -> fields.skip();
      }
    }
  }

  private void shape(Fields fields) throws IOException {
    extents = new ArrayList<>();
    while (fields.next()) {
      if (fields.number() == 1) {
        extents.add(extent(fields.message()));
      } else {
        fields.skip();
      }
    }
  }

  private static String extent(Fields fields) throws IOException {
    String extent = "?";
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> extent = Long.toString(fields.integer());
        case 2 -> extent = fields.text();
        default -> fields.skip();
      }
    }
    return extent;
  }
}
