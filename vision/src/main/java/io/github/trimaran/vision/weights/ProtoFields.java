package io.github.trimaran.vision.weights;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * The few wire-level steps that reading Caffe models needs beyond what the protobuf library offers.
 */
final class ProtoFields {

  private ProtoFields() {}

  /** Enters a message: checks that the field is one and fits, and limits reading to it. */
  static int enter(CodedInputStream proto, int tag) throws IOException {
    if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      throw new InvalidProtocolBufferException("a field has an unexpected type");
    }
    int length = proto.readRawVarint32();
    if (length < 0 || length > proto.getBytesUntilLimit()) {
      throw new InvalidProtocolBufferException("a field is longer than what contains it");
    }
    return proto.pushLimit(length);
  }

  /** Leaves a message that was read to its end. */
  static void leave(CodedInputStream proto, int outerLimit) {
    proto.popLimit(outerLimit);
  }

  /** Skips a field. Groups, which Caffe does not use and which nest without bound, are refused. */
  static void skip(CodedInputStream proto, int tag) throws IOException {
    int type = WireFormat.getTagWireType(tag);
    if (type == WireFormat.WIRETYPE_START_GROUP || !proto.skipField(tag)) {
      throw new InvalidProtocolBufferException("a field has an unexpected type");
    }
  }

  /** Whether the field holds packed values rather than one. */
  static boolean isPacked(int tag) {
    return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }
}
