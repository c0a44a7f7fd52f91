package io.github.trimaran.data.mnist;

import io.github.trimaran.data.DataException;
import io.github.trimaran.io.files.Sha256;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of unsigned bytes in the IDX format: two zero bytes, 8 for bytes, the number of
 * dimensions; each extent as a big-endian int; the values, row-major. Read strictly: what is cut
 * short, too long or of another kind is refused.
 *
 * @param extents the extents
 * @param values the values
 * @param sha256 the digest of the file as it lies there
 * @param contentSha256 the digest after decompression, by which a set is known whoever packed it
 */
record IdxFile(int[] extents, byte[] values, String sha256, String contentSha256) {

  private static final int LARGEST = 1 << 30;
  private static final String AGAIN = "; delete it and get it again";

  /** Reads a file that must have this many dimensions: 3 for images, 1 for labels. */
  static IdxFile read(Path file, int dimensions) throws IOException {
    return of(bytes(file), file, dimensions);
  }

  /** The file that holds these bytes. */
  static IdxFile of(byte[] raw, Path file, int dimensions) throws IOException {
    byte[] content = isGzip(raw) ? decompressed(file, raw, dimensions) : raw;
    int[] extents = header(file, content, dimensions);
    int start = 4 + 4 * dimensions;
    long expected = product(file, extents);
    int there = content.length - start;
    if (there != expected) {
      throw new DataException(
          file
              + ": "
              + (there < expected ? "truncated" : "has trailing data")
              + ": its header announces "
              + describe(extents)
              + " ("
              + expected
              + " bytes), after it come "
              + there
              + AGAIN);
    }
    byte[] values = new byte[(int) expected];
    System.arraycopy(content, start, values, 0, values.length);
    String sha256 = Sha256.of(raw);
    return new IdxFile(extents, values, sha256, content == raw ? sha256 : Sha256.of(content));
  }

  /** The number of items. */
  int count() {
    return extents[0];
  }

  private static byte[] bytes(Path file) throws IOException {
    try {
      if (Files.size(file) > LARGEST) {
        throw new DataException(file + ": over 1 GB, too large for an IDX file");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new DataException(file + ": there is no such file", e);
    } catch (DataException e) {
      throw e;
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isGzip(byte[] raw) {
    return raw.length >= 2 && raw[0] == 0x1F && (raw[1] & 0xFF) == 0x8B;
  }

  /** No more than the header announces and one byte, however much the file would expand to. */
  private static byte[] decompressed(Path file, byte[] raw, int dimensions) throws DataException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(raw), 1 << 16)) {
      byte[] head = in.readNBytes(4 + 4 * dimensions);
      long expected = product(file, header(file, head, dimensions));
      byte[] rest = in.readNBytes((int) expected + 1);
      return ByteBuffer.allocate(head.length + rest.length).put(head).put(rest).array();
    } catch (EOFException e) {
      throw new DataException(file + ": truncated: its gzip data ends too early" + AGAIN, e);
    } catch (ZipException e) {
      throw new DataException(file + ": damaged gzip data (" + e.getMessage() + ")" + AGAIN, e);
    } catch (DataException e) {
      throw e;
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static int[] header(Path file, byte[] content, int dimensions) throws DataException {
    if (content.length < 4 + 4 * dimensions) {
      throw new DataException(
          file + ": truncated: its " + content.length + " bytes are less than a header" + AGAIN);
    }
    ByteBuffer buffer = ByteBuffer.wrap(content);
    int magic = buffer.getInt();
    int wanted = 0x800 + dimensions;
    if (magic != wanted) {
      throw new DataException(
          String.format(
              "%s: not an IDX file of %s: it starts with 0x%08X, not 0x%08X",
              file, dimensions == 3 ? "images" : "labels", magic, wanted));
    }
    int[] extents = new int[dimensions];
    for (int i = 0; i < dimensions; i++) {
      extents[i] = buffer.getInt();
    }
    return extents;
  }

  private static long product(Path file, int[] extents) throws DataException {
    long product = 1;
    for (int extent : extents) {
      // Each step stays far below 2^63: at most 2^30 times 2^31.
      product = extent < 1 || product > LARGEST ? Long.MAX_VALUE : product * extent;
      if (product > LARGEST) {
        throw new DataException(
            file + ": its header announces " + describe(extents) + ", which cannot be" + AGAIN);
      }
    }
    return product;
  }

  private static String describe(int[] extents) {
    StringBuilder text = new StringBuilder().append(Integer.toUnsignedString(extents[0]));
    text.append(extents.length == 3 ? " images" : " labels");
    if (extents.length == 3) {
      text.append(" of ").append(Integer.toUnsignedString(extents[1]));
      text.append('x').append(Integer.toUnsignedString(extents[2]));
    }
    return text.toString();
  }
}
