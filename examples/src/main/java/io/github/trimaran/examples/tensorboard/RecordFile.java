package io.github.trimaran.examples.tensorboard;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A file of records, each with checksums, as TensorFlow's {@code TFRecord} has it: the length in 8
 * bytes, its masked CRC-32C in 4, the content, its masked CRC-32C in 4; all little-endian.
 */
final class RecordFile implements AutoCloseable {

  private static final int MASK = 0xa282ead8;

  private final OutputStream out;

  /** A new file. */
  RecordFile(Path file) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
  }

  void write(byte[] content) throws IOException {
    byte[] length =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(content.length)
            .array();
    out.write(length);
    out.write(checksum(length));
    out.write(content);
    out.write(checksum(content));
  }

  /** What was written can be read by others from now on. */
  void flush() throws IOException {
    out.flush();
  }

  /** Rotated and moved, for a checksum of what holds checksums would be a poor one. */
  private static byte[] checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
