package io.github.trimaran.io.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Reads weights whatever their format, which is told from the content; the file name does not
 * matter.
 *
 * <pre>{@code
 * model.loadStateDict(WeightFiles.read(Path.of("resnet18.pth")));
 * }</pre>
 */
public final class WeightFiles {

  private static final List<String> OWN_FORMATS =
      List.of("safetensors", "PyTorch .pth", "NumPy .npy and .npz", "Deep-Compression .net");

  private WeightFiles() {}

  /**
   * Reads a file of weights: {@link Safetensors}, {@link Pth} in both forms, {@link Npy} (one
   * array, named {@code array}, or a zip of them), {@link DeepCompression}, or a {@link
   * WeightFormat} on the class path.
   *
   * @throws WeightFormatException if there is no such file, or it is of none of these, or damaged
   * @throws IOException if it cannot be opened
   */
  public static StateDict read(Path file) throws IOException {
    return read(file, null);
  }

  /**
   * The same from one of several dictionaries of weights in a PyTorch checkpoint.
   *
   * @param entry its name, see {@link Pth#read(Path, String)}; null for the only one
   */
  public static StateDict read(Path file, String entry) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new WeightFormatException(
          file.toString(), Files.exists(file) ? "not a file" : "no such file");
    }
    FileHead head = FileHead.of(file);
    if (head.isZip()) {
      return readZip(file, entry);
    }
    if (head.startsWith(NpyReader.MAGIC)) {
      return StateDict.of(Map.of("array", Npy.read(file)));
    }
    if (head.startsWith(Pth.LEGACY_MAGIC)) {
      return Pth.read(file, entry);
    }
    if (head.hasAt(8, '{')) {
      return Safetensors.read(file);
    }
    if (DeepCompression.recognises(head)) {
      return DeepCompression.read(file);
    }
    List<String> names = new ArrayList<>(OWN_FORMATS);
    for (WeightFormat format : ServiceLoader.load(WeightFormat.class)) {
      if (format.recognises(head)) {
        return format.read(file);
      }
      names.add(format.name());
    }
    throw unknown(head, names);
  }

  private static StateDict readZip(Path file, String entry) throws IOException {
    try (ZipArchive zip = ZipArchive.open(file, MemoryBudget.ofHeap())) {
      return Pth.pickleEntry(zip) != null ? Pth.readZip(zip, entry) : Npy.readZip(zip);
    }
  }

  private static WeightFormatException unknown(FileHead head, List<String> formats) {
    String file = head.file().toString();
    if (head.size() == 0) {
      return new WeightFormatException(file, "the file is empty");
    }
    if (head.startsWith(0x80)) {
      return new WeightFormatException(file, "a pickle, but not one that torch.save wrote");
    }
    if (head.hasAt(257, 'u', 's', 't', 'a', 'r')) {
      return new WeightFormatException(
          file, "a tar archive: unpack it, or save again with a newer PyTorch");
    }
    return new WeightFormatException(
        file, "no file of weights of a known format (" + String.join(", ", formats) + ")");
  }
}
