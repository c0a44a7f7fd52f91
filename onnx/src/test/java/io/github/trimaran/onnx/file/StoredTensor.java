package io.github.trimaran.onnx.file;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.io.weights.MemoryBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds one tensor, as ONNX's own tests have them. */
public final class StoredTensor {

  private StoredTensor() {}

  /** Reads it. */
  public static HostArray read(Path file) throws IOException {
    Fields fields = Fields.of(ByteBuffer.wrap(Files.readAllBytes(file)));
    return TensorReader.read(fields, file, MemoryBudget.ofHeap()).array();
  }
}
