package io.github.trimaran.io.weights;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * A stream of known length read front to back. It never allocates for more bytes than are left in
 * it, nor more than its {@link MemoryBudget} allows, whatever the lengths in the file say.
 */
final class WeightInput {

  private static final int CHUNK = 1 << 18;

  private final InputStream in;
  private final String name;
  private final MemoryBudget budget;
  private long remaining;

  /**
   * Reads from {@code in}, which its opener closes and which should be buffered where single bytes
   * are read.
   */
  WeightInput(InputStream in, long length, String name, MemoryBudget budget) {
    this.in = in;
    this.remaining = length;
    this.name = name;
    this.budget = budget;
  }

  /** How many bytes are left. */
  long remaining() {
    return remaining;
  }

  /** An exception that names the file. */
  WeightFormatException error(String reason) {
    return new WeightFormatException(name, reason);
  }

  /** Asks for memory before it is allocated for {@code what}. */
  void reserve(long bytes, String what) throws WeightFormatException {
    budget.take(bytes, name, what);
  }

  /** One byte, from 0 to 255. */
  int u8(String what) throws IOException {
    require(1, what);
    try {
      int value = in.read();
      if (value < 0) {
        throw new EOFException();
      }
      remaining--;
      return value;
    } catch (EOFException | ZipException e) {
      throw damaged(what, e);
    }
  }

  /** The next {@code count} bytes. */
  byte[] bytes(long count, String what) throws IOException {
    require(count, what);
    if (count > Integer.MAX_VALUE - 8) {
      throw error(what + " of " + count + " bytes is too long");
    }
    reserve(count, what);
    byte[] bytes = new byte[(int) count];
    fill(bytes, bytes.length, what);
    return bytes;
  }

  /** Leaves out the next {@code count} bytes. */
  void skip(long count, String what) throws IOException {
    require(count, what);
    try {
      in.skipNBytes(count);
      remaining -= count;
    } catch (EOFException | ZipException e) {
      throw damaged(what, e);
    }
  }

  /** The next bytes as a little-endian buffer. */
  ByteBuffer buffer(int count, String what) throws IOException {
    return ByteBuffer.wrap(bytes(count, what)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** An array of this shape from the next elements. */
  HostArray array(StoredType type, ByteOrder order, Shape shape, String what) throws IOException {
    require((long) shape.size() * type.bytes(), what);
    reserve((long) shape.size() * type.dtype().bytes(), what);
    HostArray array = HostArray.zeros(shape, type.dtype());
    int perChunk = CHUNK / type.bytes();
    byte[] chunk = new byte[Math.min(shape.size(), perChunk) * type.bytes()];
    int done = 0;
    while (done < shape.size()) {
      int count = Math.min(perChunk, shape.size() - done);
      fill(chunk, count * type.bytes(), what);
      type.decode(ByteBuffer.wrap(chunk).order(order), array, done, count);
      done += count;
    }
    return array;
  }

  /**
   * A shape out of extents that a file gives.
   *
   * @throws WeightFormatException if an extent is negative or the size exceeds 2^31 - 1
   */
  Shape shape(long[] extents, String what) throws WeightFormatException {
    int[] dims = new int[extents.length];
    long size = 1;
    for (int i = 0; i < dims.length; i++) {
      if (extents[i] < 0 || extents[i] > Integer.MAX_VALUE || extents.length > 32) {
        throw error(what + " has the impossible shape " + shown(extents));
      }
      dims[i] = (int) extents[i];
      size *= Math.max(dims[i], 1);
      if (size > Integer.MAX_VALUE) {
        throw error(what + " has more than 2^31 - 1 elements: " + shown(extents));
      }
    }
    return Shape.of(dims);
  }

  private static String shown(long[] extents) {
    return extents.length <= 32 ? Arrays.toString(extents) : "of rank " + extents.length;
  }

  /** Checks that nothing is left. */
  void end() throws IOException {
    if (remaining != 0 || in.read() >= 0) {
      throw error(
          (remaining == 0 ? "" : remaining + " ") + "unexpected bytes after the last entry");
    }
  }

  private void require(long count, String what) throws WeightFormatException {
    if (count < 0 || count > remaining) {
      throw error(
          "truncated or damaged: "
              + what
              + " needs "
              + Long.toUnsignedString(count)
              + " bytes, "
              + remaining
              + " are left");
    }
  }

  private void fill(byte[] target, int count, String what) throws IOException {
    try {
      if (in.readNBytes(target, 0, count) < count) {
        throw new EOFException();
      }
      remaining -= count;
    } catch (EOFException | ZipException e) {
      throw damaged(what, e);
    }
  }

  private WeightFormatException damaged(String what, IOException cause) {
    String detail = cause instanceof ZipException ? cause.getMessage() : "the data end early";
    return new WeightFormatException(
        name, "truncated or damaged in " + what + ": " + detail, cause);
  }
}
