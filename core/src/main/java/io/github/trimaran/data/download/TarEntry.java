package io.github.trimaran.data.download;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A header of the POSIX ustar format: 512 bytes, numbers in octal, then the content padded to a
 * multiple of 512. Attributes of the later pax format may come, but not to rename or resize a file.
 *
 * @param name the path in the archive
 * @param size the bytes of content
 * @param kind what it is
 */
record TarEntry(String name, long size, Kind kind) {

  private static final int BLOCK = 512;
  private static final int MAX_ATTRIBUTES = 1 << 16;

  enum Kind {
    FILE,
    FOLDER,
    ATTRIBUTES
  }

  /** The next header, or null at the two blocks of zeros, or one, that end an archive. */
  static TarEntry read(InputStream in) throws IOException {
    byte[] header = in.readNBytes(BLOCK);
    if (header.length < BLOCK) {
      throw new EOFException("archive ends without its end mark");
    }
    if (allZero(header)) {
      return null;
    }
    if (checksum(header) != octal(header, 148, 8)) {
      throw new TarException("damaged, or not a tar archive: the checksum of a header is wrong");
    }
    String prefix = isUstar(header) ? text(header, 345, 155) : "";
    String name = (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, 100);
    long size = octal(header, 124, 12);
    return switch (header[156]) {
      case 0, '0' -> new TarEntry(name, size, name.endsWith("/") ? Kind.FOLDER : Kind.FILE);
      case '5' -> new TarEntry(name, 0, Kind.FOLDER);
      case 'x', 'g' -> new TarEntry(name, size, Kind.ATTRIBUTES);
      case '1', '2' -> throw new TarException("its entry '" + name + "' is a link");
      default ->
          throw new TarException(
              "its entry '"
                  + name
                  + "' is neither file nor folder (type "
                  + (header[156] & 0xFF)
                  + ")");
    };
  }

  /** Copies the content and skips its padding. */
  void copyContent(InputStream in, OutputStream out) throws IOException {
    if (kind == Kind.ATTRIBUTES && size > MAX_ATTRIBUTES) {
      throw new TarException("it has " + size + " bytes of attributes for one file");
    }
    byte[] chunk = new byte[1 << 16];
    StringBuilder attributes = new StringBuilder();
    long left = size;
    while (left > 0) {
      int count = in.read(chunk, 0, (int) Math.min(left, chunk.length));
      if (count < 0) {
        throw new EOFException("archive ends within " + name);
      }
      out.write(chunk, 0, count);
      if (kind == Kind.ATTRIBUTES) {
        attributes.append(new String(chunk, 0, count, StandardCharsets.ISO_8859_1));
      }
      left -= count;
    }
    in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    if (attributes.toString().matches("(?s).*\\b(path|linkpath|size)=.*")) {
      throw new TarException("its attributes give a file another name or size");
    }
  }

  private static boolean allZero(byte[] header) {
    return Arrays.equals(header, new byte[BLOCK]);
  }

  /** The sum of all bytes with the checksum's own taken as spaces. */
  private static long checksum(byte[] header) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
    }
    return sum;
  }

  private static boolean isUstar(byte[] header) {
    return text(header, 257, 5).equals("ustar");
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private static long octal(byte[] header, int from, int length) throws TarException {
    String digits = text(header, from, length).strip();
    if (!digits.matches("[0-7]{1,12}")) {
      throw new TarException("damaged, or not a tar archive: a header has no octal number");
    }
    return Long.parseLong(digits, 8);
  }
}
