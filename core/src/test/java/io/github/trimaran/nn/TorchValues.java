package io.github.trimaran.nn;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.io.weights.Pth;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What a model gave in PyTorch 1.13, in float64: its state dictionary, what went in and what came
 * out, as {@code torch.save} wrote them. Names in the file are {@code case/state/key} and {@code
 * case/value}.
 */
public final class TorchValues {

  private final StateDict values;
  private final String name;

  private TorchValues(StateDict values, String name) {
    this.values = values;
    this.name = name;
  }

  /** The case of that name in a file among the test resources of this package's folder. */
  public static TorchValues of(String file, String name) {
    // From a jar, when a backend's tests run, there is no path to read.
    try (InputStream in = TorchValues.class.getResourceAsStream("/nn/" + file)) {
      Path copy = Files.createTempFile("torch", ".pth");
      try {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        return new TorchValues(Pth.read(copy), name);
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The model's state dictionary. */
  public StateDict state() {
    String prefix = name + "/state/";
    return values.filter(key -> key.startsWith(prefix)).rename(k -> k.substring(prefix.length()));
  }

  /** Whether there is a value of that name. */
  public boolean has(String value) {
    return values.contains(name + "/" + value);
  }

  /** What went in or came out. */
  public HostArray get(String value) {
    return values.get(name + "/" + value);
  }

  /** The same as a tensor; a float one of that dtype. */
  public Tensor get(String value, Backend<?> backend, DType dtype) {
    HostArray array = get(value);
    return Tensor.of(backend, array.dtype().isFloating() ? array.to(dtype) : array);
  }

  /** The case's name. */
  @Override
  public String toString() {
    return name;
  }
}
