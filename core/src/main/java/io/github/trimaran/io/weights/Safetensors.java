package io.github.trimaran.io.weights;

import io.github.trimaran.io.files.AtomicFiles;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The safetensors format of Hugging Face: a header length of 8 bytes, a JSON header with type,
 * shape and offsets of each tensor, then their little-endian data.
 *
 * <pre>{@code
 * Safetensors.write(Path.of("model.safetensors"), model.stateDict());
 * model.loadStateDict(Safetensors.read(Path.of("model.safetensors")));
 * }</pre>
 *
 * <p>F64, F32, I64 and BOOL are read as they are; F16 and BF16 become float32, I32, I16, I8, U32,
 * U16 and U8 become int64, all exactly. A tensor of another type is an error only for those who ask
 * for it by name, and fields of the header that are not known are passed over. A file is refused
 * when its header is longer than 16 MiB or than the file, when names repeat, or when the data of
 * the tensors overlap, leave holes, or do not end with the file.
 */
public final class Safetensors {

  private Safetensors() {}

  /**
   * Reads a file, in the order of its header.
   *
   * @throws WeightFormatException if it is damaged or not of this format
   */
  public static StateDict read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(in, Files.size(file), file.toString());
    }
  }

  /**
   * Reads what a file would hold, for example a class path resource.
   *
   * @param name how errors call it
   */
  public static StateDict read(byte[] content, String name) throws IOException {
    return read(new ByteArrayInputStream(content), content.length, name);
  }

  private static StateDict read(InputStream in, long length, String name) throws IOException {
    return new SafetensorsReader(new WeightInput(in, length, name, MemoryBudget.ofHeap())).read();
  }

  /** Writes a file atomically; every array keeps its type. */
  public static void write(Path file, StateDict dict) throws IOException {
    AtomicFiles.write(file, new SafetensorsWriter(dict, false)::writeTo);
  }

  /**
   * The same with float32 arrays rounded to half precision (nearest, ties to even), which halves
   * the file: for publishing weights, not for checkpoints.
   */
  public static void writeHalf(Path file, StateDict dict) throws IOException {
    AtomicFiles.write(file, new SafetensorsWriter(dict, true)::writeTo);
  }
}
