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
 * <pre>{@code
 * StateDict weights = Pth.read(Path.of("resnet18.pth"));
 * StateDict averaged = Pth.read(Path.of("checkpoint.pth"), "model_ema");
 * }</pre>
 *
 * <p>Read are dictionaries of names and tensors, alone or beside other things in a checkpoint, with
 * storages of all types that {@link Safetensors} reads. Offsets and strides are honoured; the
 * result is dense. Prefixes that {@code DataParallel} and {@code torch.compile} put before all
 * names are left out. The metadata of the result say what was taken: {@link #ENTRY} and {@link
 * #PREFIX}.
 */
public final class Pth {

  /** How the older form begins: protocol 2 and the integer 0x1950a86a20f9469cfc6c. */
  static final int[] LEGACY_MAGIC = {
    0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, '.'
  };

  static final String ZIP_PICKLE = "data.pkl";

  /** The note that names the entry of a checkpoint which the weights were under. */
  public static final String ENTRY = "pytorch.entry";

  /** The note that names the prefix which was left out of all names. */
  public static final String PREFIX = "pytorch.prefix";

  private Pth() {}

  /**
   * Reads a file of either form.
   *
   * @throws WeightFormatException if it is damaged, of neither form, asks for anything but tensors,
   *     or holds several dictionaries of tensors: then the error lists them
   */
  public static StateDict read(Path file) throws IOException {
    return read(file, null);
  }

  /**
   * The same from one dictionary of several in a checkpoint.
   *
   * @param entry its name, dotted where it lies deeper; null for the only one
   */
  public static StateDict read(Path file, String entry) throws IOException {
    if (FileHead.of(file).isZip()) {
      try (ZipArchive zip = ZipArchive.open(file, MemoryBudget.ofHeap())) {
        return readZip(zip, entry);
      }
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return new LegacyPthReader(
              new WeightInput(in, Files.size(file), file.toString(), MemoryBudget.ofHeap()), entry)
          .read();
    }
  }

  static StateDict readZip(ZipArchive zip, String entry) throws IOException {
    return new ZipPthReader(zip, entry).read();
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
