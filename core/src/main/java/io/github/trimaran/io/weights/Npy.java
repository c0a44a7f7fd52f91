package io.github.trimaran.io.weights;

import io.github.trimaran.array.HostArray;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;

/**
 * NumPy's {@code .npy} (one array) and {@code .npz} (a zip of them), format versions 1 to 3.
 *
 * <pre>{@code
 * Tensor x = Tensor.of(backend, Npy.read(Path.of("x.npy")));
 * StateDict arrays = Npy.readZip(Path.of("arrays.npz"));
 * }</pre>
 *
 * <p>Read are {@code f8 f4 i8 b1} as they are, {@code f2} as float32 and {@code i4 i2 i1 u1} as
 * int64, in either byte order, stored by rows (C) or by columns (Fortran). Pickled objects and
 * structured types are refused.
 */
public final class Npy {

  private static final String SUFFIX = ".npy";

  private Npy() {}

  /**
   * The array of a {@code .npy} file.
   *
   * @throws WeightFormatException if it is damaged or not of this format
   */
  public static HostArray read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return new NpyReader(
              new WeightInput(in, Files.size(file), file.toString(), MemoryBudget.ofHeap()))
          .read();
    }
  }

  /**
   * The arrays of a {@code .npz} file by their names without {@code .npy}, in the order of the
   * archive.
   *
   * @throws WeightFormatException if it is damaged or not of this format
   */
  public static StateDict readZip(Path file) throws IOException {
    try (ZipArchive zip = ZipArchive.open(file, MemoryBudget.ofHeap())) {
      return readZip(zip);
    }
  }

  static StateDict readZip(ZipArchive zip) throws IOException {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    for (ZipEntry entry : zip.entries()) {
      String name = entry.getName();
      if (!name.endsWith(SUFFIX)) {
        throw zip.error("entry '" + name + "' is no " + SUFFIX + " array");
      }
      arrays.put(
          name.substring(0, name.length() - SUFFIX.length()),
          zip.read(entry, in -> new NpyReader(in).read()));
    }
    return StateDict.of(arrays);
  }
}
