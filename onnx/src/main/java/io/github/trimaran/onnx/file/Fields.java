package io.github.trimaran.onnx.file;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/**
 * The fields of one protobuf message, one after the other. Messages within it are slices of the
 * same memory, so that a length that lies costs nothing.
 */
final class Fields {

  /** Sound files nest five deep or so; only graphs in attributes could go on. */
  private static final int MAX_DEPTH = 20;

  private final CodedInputStream in;
  private final int depth;
  private int tag;

  private Fields(ByteBuffer message, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new InvalidProtocolBufferException("messages nest deeper than " + MAX_DEPTH);
    }
    this.depth = depth;
    in = CodedInputStream.newInstance(message);
    in.enableAliasing(true);
  }

  static Fields of(ByteBuffer message) throws IOException {
    return new Fields(message, 0);
  }

  /** Goes to the next field; false at the end of the message. */
  boolean next() throws IOException {
    tag = in.readTag();
    return tag != 0;
  }

  int number() {
    return WireFormat.getTagFieldNumber(tag);
  }

  private void require(int wireType) throws IOException {
    if (WireFormat.getTagWireType(tag) != wireType) {
      throw new InvalidProtocolBufferException("field " + number() + " has an unexpected type");
    }
  }

  private boolean isPacked() {
    return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /**
   * Passes over a field; groups, which ONNX does not use and which nest without bound, are none.
   */
  void skip() throws IOException {
    if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_START_GROUP || !in.skipField(tag)) {
      throw new InvalidProtocolBufferException("field " + number() + " has an unexpected type");
    }
  }

  /** A message. */
  Fields message() throws IOException {
    return new Fields(bytes(), depth + 1);
  }

  /** Bytes, not copied. */
  ByteBuffer bytes() throws IOException {
    require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    return in.readByteBuffer();
  }

  String text() throws IOException {
    return StandardCharsets.UTF_8.decode(bytes()).toString();
  }

  long integer() throws IOException {
    require(WireFormat.WIRETYPE_VARINT);
    return in.readRawVarint64();
  }

  float number32() throws IOException {
    require(WireFormat.WIRETYPE_FIXED32);
    return in.readFloat();
  }

  /** Integers, of which there may be several in this field. */
  void integers(LongConsumer use) throws IOException {
    if (!isPacked()) {
      use.accept(integer());
      return;
    }
    Fields packed = message();
    while (!packed.in.isAtEnd()) {
      use.accept(packed.in.readRawVarint64());
    }
  }

  /** The little-endian values in this field, {@code width} bytes each: one, or several packed. */
  ByteBuffer fixed(int width) throws IOException {
    if (isPacked()) {
      return bytes();
    }
    require(width == Float.BYTES ? WireFormat.WIRETYPE_FIXED32 : WireFormat.WIRETYPE_FIXED64);
    return ByteBuffer.wrap(in.readRawBytes(width));
  }
}
