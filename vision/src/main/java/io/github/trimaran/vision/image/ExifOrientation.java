package io.github.trimaran.vision.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads one number out of a JPEG or PNG: EXIF's tag {@code Orientation}. Segments and chunks are
 * stepped over unread, so that texts and colour profiles, packed or nested however deep, cost
 * nothing. A JPEG keeps EXIF in a segment APP1 that begins with {@code Exif}, a PNG in a chunk
 * {@code eXIf}; both hold a TIFF file, whose first directory has the tag (CIPA DC-008, 4.6).
 */
final class ExifOrientation {

  private static final int NONE = 1;

  /** More parts than any camera writes: a file of nothing but parts costs a second at most. */
  private static final int MOST_PARTS = 100_000;

  private static final int JPEG_START = 0xffd8;
  private static final int JPEG_APP1 = 0xffe1;
  private static final int JPEG_FIRST_WITH_LENGTH = 0xffc0;
  private static final int JPEG_SCAN = 0xffda;
  private static final int EXIF = 0x45786966;

  private static final long PNG_START = 0x89504e470d0a1a0aL;
  private static final int PNG_EXIF = 0x65584966;

  private static final int LITTLE_ENDIAN = 0x4949;
  private static final int TIFF = 42;
  private static final int DIRECTORY_ENTRY = 12;
  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;

  private ExifOrientation() {}

  /**
   * The number, 1 where there is none or one that cannot be understood. Leaves the stream at its
   * start.
   */
  static int of(ImageInputStream in) throws IOException {
    try {
      in.seek(0);
      in.setByteOrder(ByteOrder.BIG_ENDIAN);
      if (in.readUnsignedShort() == JPEG_START) {
        return inJpeg(in);
      }
      in.seek(0);
      return in.readLong() == PNG_START ? inPng(in) : NONE;
    } catch (EOFException e) {
      return NONE;
    } finally {
      in.setByteOrder(ByteOrder.BIG_ENDIAN);
      in.seek(0);
    }
  }

  private static int inJpeg(ImageInputStream in) throws IOException {
    for (int i = 0; i < MOST_PARTS; i++) {
      int marker = in.readUnsignedShort();
      if (marker < JPEG_FIRST_WITH_LENGTH || marker == JPEG_SCAN) {
        return NONE;
      }
      long start = in.getStreamPosition();
      int length = in.readUnsignedShort();
      if (marker == JPEG_APP1 && in.readInt() == EXIF && in.readUnsignedShort() == 0) {
        return inTiff(in);
      }
      in.seek(start + length);
    }
    return NONE;
  }

  private static int inPng(ImageInputStream in) throws IOException {
    for (int i = 0; i < MOST_PARTS; i++) {
      long length = in.readUnsignedInt();
      if (in.readInt() == PNG_EXIF) {
        return inTiff(in);
      }
      in.seek(in.getStreamPosition() + length + Integer.BYTES);
    }
    return NONE;
  }

  /** In the TIFF file that begins here. */
  private static int inTiff(ImageInputStream in) throws IOException {
    long start = in.getStreamPosition();
    if (in.readUnsignedShort() == LITTLE_ENDIAN) {
      in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    }
    if (in.readUnsignedShort() != TIFF) {
      return NONE;
    }
    in.seek(start + in.readUnsignedInt());
    int entries = in.readUnsignedShort();
    for (int i = 0; i < entries; i++) {
      long entry = in.getStreamPosition();
      if (in.readUnsignedShort() == ORIENTATION) {
        return in.readUnsignedShort() == SHORT && in.readUnsignedInt() == 1
            ? in.readUnsignedShort()
            : NONE;
      }
      in.seek(entry + DIRECTORY_ENTRY);
    }
    return NONE;
  }
}
