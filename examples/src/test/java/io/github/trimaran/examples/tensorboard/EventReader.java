package io.github.trimaran.examples.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads event files by what TensorFlow documents of them, bit by bit and without a library: records
 * (TFRecord), checksums (RFC 3720, appendix B.4) and the wire format of protocol buffers.
 */
final class EventReader {

  private EventReader() {}

  /** CRC-32C by its definition, one bit after the other. */
  static int crc(byte[] bytes) {
    int crc = ~0;
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82f63b78;
      }
    }
    return ~crc;
  }

  private static int masked(byte[] bytes) {
    int crc = crc(bytes);
    return (crc >>> 15 | crc << 17) + 0xa282ead8;
  }

  /** The contents of all records; fails where a checksum is not right. */
  static List<byte[]> records(byte[] file) {
    List<byte[]> records = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      require(in.getInt() == masked(length), "the checksum of a length");
      byte[] content =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(content);
      require(in.getInt() == masked(content), "the checksum of a record");
      records.add(content);
    }
    return records;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /**
   * The fields of a message by number: Long, Double, Float, or bytes; each as often as it comes.
   */
  static Map<Integer, List<Object>> fields(byte[] message) {
    Map<Integer, List<Object>> fields = new LinkedHashMap<>();
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long key = varint(in);
      Object value;
      switch ((int) (key & 7)) {
        case 0 -> value = varint(in);
        case 1 -> value = in.getDouble();
        case 2 -> {
          byte[] bytes = new byte[(int) varint(in)];
          in.get(bytes);
          value = bytes;
        }
        case 5 -> value = in.getFloat();
        default -> throw new AssertionError("wire type " + (key & 7));
      }
      fields.computeIfAbsent((int) (key >>> 3), number -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  /** A field that is there once: {@code one(event, 5, 1)} is field 1 of the message in field 5. */
  static Object one(byte[] message, int... path) {
    Object value = message;
    for (int number : path) {
      List<Object> values = fields((byte[]) value).getOrDefault(number, List.of());
      require(values.size() == 1, "field " + number + " is there " + values.size() + " times");
      value = values.get(0);
    }
    return value;
  }

  static String text(byte[] message, int... path) {
    return new String((byte[]) one(message, path), StandardCharsets.UTF_8);
  }

  static List<Double> doubles(byte[] message, int... path) {
    ByteBuffer in = ByteBuffer.wrap((byte[]) one(message, path)).order(ByteOrder.LITTLE_ENDIAN);
    List<Double> values = new ArrayList<>();
    while (in.hasRemaining()) {
      values.add(in.getDouble());
    }
    return values;
  }
}
