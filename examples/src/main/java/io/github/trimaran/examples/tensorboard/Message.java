package io.github.trimaran.examples.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A message of protocol buffers, field by field. */
final class Message {

  @FunctionalInterface
  private interface Field {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Message with(Field field) {
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      field.writeTo(out);
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes all that is written", e);
    }
  }

  Message with(int number, double value) {
    return with(out -> out.writeDouble(number, value));
  }

  Message with(int number, float value) {
    return with(out -> out.writeFloat(number, value));
  }

  Message with(int number, long value) {
    return with(out -> out.writeInt64(number, value));
  }

  Message with(int number, String value) {
    return with(out -> out.writeString(number, value));
  }

  Message with(int number, byte[] value) {
    return with(out -> out.writeByteArray(number, value));
  }

  Message with(int number, Message value) {
    return with(number, value.toBytes());
  }

  /** Numbers in one piece, as {@code packed} has them. */
  Message packed(int number, List<Double> values) {
    Message inner =
        new Message()
            .with(
                out -> {
                  for (double value : values) {
                    out.writeDoubleNoTag(value);
                  }
                });
    return with(number, inner.toBytes());
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
