package io.github.trimaran.io.weights;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;

/**
 * State dictionaries as {@code torch.save} writes them: the zip form (since PyTorch 1.6) and the
 * older form of several pickles in a row. The pickles are read as data; see {@link PickleReader}.
 *
 * <p>Read are dictionaries of names and tensors (or a dictionary whose {@code state_dict} is one)
 * with storages of all types that {@link Safetensors} reads. Offsets and strides are honoured; the
 * result is dense.
 */
public final class Pth {

  /** How the older form begins: protocol 2 and the integer 0x1950a86a20f9469cfc6c. */
  static final int[] LEGACY_MAGIC = {
    0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, '.'
  };

  static final String ZIP_PICKLE = "data.pkl";

  private Pth() {}

  /**
   * Reads a file of either form.
   *
   * @throws WeightFormatException if it is damaged, of neither form, or asks for anything but
   *     tensors
   */
  public static StateDict read(Path file) throws IOException {
    if (FileHead.of(file).isZip()) {
      try (ZipArchive zip = ZipArchive.open(file, MemoryBudget.ofHeap())) {
        return readZip(zip);
      }
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return new LegacyPthReader(
              new WeightInput(in, Files.size(file), file.toString(), MemoryBudget.ofHeap()))
          .read();
    }
  }

  static StateDict readZip(ZipArchive zip) throws IOException {
    return new ZipPthReader(zip).read();
  }

  /** The entry with the pickle, {@code archive/data.pkl} with any first part, or null. */
  static ZipEntry pickleEntry(ZipArchive zip) {
    for (ZipEntry entry : zip.entries()) {
      String name = entry.getName();
      if (name.endsWith("/" + ZIP_PICKLE) && name.indexOf('/') == name.lastIndexOf('/')) {
        return entry;
      }
    }
    return null;
  }
}
