package io.github.trimaran.io.weights;

import io.github.trimaran.array.Shape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A Python dictionary of byte arrays, numbers and texts, as {@code pickle.dump} writes it, such as
 * the batches of CIFAR-10's Python version. Read as data: nothing of it is executed, see {@link
 * Pth}.
 *
 * <pre>{@code
 * Map<?, ?> batch = NumpyPickle.read(Path.of("data_batch_1"));
 * NumpyPickle.Bytes pixels = (NumpyPickle.Bytes) batch.get("data"); // [10000, 3072]
 * }</pre>
 */
public final class NumpyPickle {

  private static final int MAX_ARRAY = 1 << 28;

  private NumpyPickle() {}

  /**
   * An array of unsigned bytes.
   *
   * @param shape its extents
   * @param values in row-major order
   */
  public record Bytes(Shape shape, byte[] values) {}

  /**
   * Reads the dictionary of a file. Its values are {@code Long}, {@code Double}, {@code String},
   * {@code List}, {@code Map}, and {@link Bytes} for NumPy's arrays of unsigned bytes.
   *
   * @throws WeightFormatException if it is damaged, no dictionary, or asks for anything else
   */
  public static Map<?, ?> read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(new WeightInput(in, Files.size(file), file.toString(), MemoryBudget.ofHeap()));
    }
  }

  static Map<?, ?> read(WeightInput in) throws IOException {
    Object value = new PickleReader(in, new ArrayNames(in)).read();
    in.end();
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw in.error("the pickle holds no dictionary");
  }

  private enum Name {
    RECONSTRUCT,
    ARRAY,
    DTYPE,
    ENCODE
  }

  /** The names that a pickle of NumPy's byte arrays needs; every other one is refused. */
  private record ArrayNames(WeightInput in) implements PickleReader.Names {

    private static final Map<String, Name> GLOBALS =
        Map.of(
            "numpy.core.multiarray._reconstruct", Name.RECONSTRUCT,
            "numpy._core.multiarray._reconstruct", Name.RECONSTRUCT,
            "numpy.ndarray", Name.ARRAY,
            "numpy.dtype", Name.DTYPE,
            "_codecs.encode", Name.ENCODE);

    /** An array whose state is still to come, or a type: of bytes if it is known. */
    private record Unbuilt(Name kind, boolean ofBytes) {}

    @Override
    public Object global(String module, String name) throws WeightFormatException {
      Name meaning = GLOBALS.get(module + "." + name);
      if (meaning == null) {
        throw in.error(
            "refused: the pickle asks for "
                + module
                + "."
                + name
                + ", which is no part of an array");
      }
      return meaning;
    }

    @Override
    public Object call(Object function, List<?> arguments) throws WeightFormatException {
      if (function == Name.RECONSTRUCT) {
        return new Unbuilt(Name.ARRAY, false);
      }
      if (function == Name.DTYPE && !arguments.isEmpty()) {
        return new Unbuilt(Name.DTYPE, List.of("u1", "|u1", "uint8").contains(arguments.get(0)));
      }
      if (function == Name.ENCODE && !arguments.isEmpty() && arguments.get(0) instanceof String) {
        return arguments.get(0);
      }
      throw in.error("the pickle calls something that is no function of arrays");
    }

    /** A type's state is not needed; an array's is version, shape, type, order and bytes. */
    @Override
    public Object build(Object target, Object state) throws WeightFormatException {
      if (target instanceof Unbuilt type && type.kind() == Name.DTYPE) {
        return type;
      }
      if (!(target instanceof Unbuilt)
          || !(state instanceof List<?> fields)
          || fields.size() != 5
          || !(fields.get(1) instanceof List<?> extents)
          || !extents.stream().allMatch(Long.class::isInstance)) {
        throw in.error("damaged pickle: the state of an array does not belong to it");
      }
      if (!(fields.get(2) instanceof Unbuilt type)
          || !type.ofBytes()
          || Boolean.TRUE.equals(fields.get(3))) {
        throw in.error("holds an array that is not of unsigned bytes in row-major order");
      }
      Shape shape =
          in.shape(extents.stream().mapToLong(extent -> (Long) extent).toArray(), "an array");
      return array(shape, fields.get(4));
    }

    private Bytes array(Shape shape, Object content) throws WeightFormatException {
      byte[] bytes =
          content instanceof String text
              ? text.getBytes(StandardCharsets.ISO_8859_1)
              : content instanceof byte[] raw ? raw : new byte[0];
      if (bytes.length != shape.size()) {
        throw in.error("an array of shape " + shape + " has " + bytes.length + " bytes");
      }
      in.reserve(bytes.length, "an array");
      return new Bytes(shape, bytes);
    }

    @Override
    public Object persistent(Object id) throws WeightFormatException {
      throw in.error("the pickle refers to something outside of it");
    }

    @Override
    public int maxString() {
      return MAX_ARRAY;
    }

    @Override
    public Charset byteStrings() {
      return StandardCharsets.ISO_8859_1;
    }
  }
}
