package io.github.trimaran.onnx.file;

import io.github.trimaran.array.HostArray;
import java.util.List;

/**
 * A setting of a node.
 *
 * <pre>{@code
 * new Attribute("axis", Attribute.Kind.INT, 1L)
 * }</pre>
 *
 * @param name its name: {@code "kernel_shape"}
 * @param kind which of ONNX's kinds it is
 * @param value a {@link Float}, {@link Long}, {@link String}, {@link HostArray}, {@code float[]},
 *     {@code long[]} or {@link List} of strings, as the kind says; null for a kind that is not read
 */
public record Attribute(String name, Kind kind, Object value) {

  /** ONNX's kinds of attributes (AttributeProto.AttributeType). */
  public enum Kind {
    /** One float. */
    FLOAT(1),
    /** One integer. */
    INT(2),
    /** Text. */
    STRING(3),
    /** A tensor. */
    TENSOR(4),
    /** Floats. */
    FLOATS(6),
    /** Integers. */
    INTS(7),
    /** Texts. */
    STRINGS(8),
    /** Graphs, sparse tensors, types: not read. */
    OTHER(5);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /** Its number in files. */
    int number() {
      return number;
    }

    /** The kind of that number. */
    static Kind of(long number) {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      return OTHER;
    }
  }
}
