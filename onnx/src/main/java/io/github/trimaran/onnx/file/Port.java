package io.github.trimaran.onnx.file;

import java.util.List;

/**
 * An input or output of a graph.
 *
 * <pre>{@code
 * input_0 float [batch, 3, 224, 224]
 * }</pre>
 *
 * @param name its name
 * @param type the type of its elements
 * @param extents a number or a name for each axis, {@code "?"} where the file has neither; null if
 *     the file gives no shape
 */
public record Port(String name, ElementType type, List<String> extents) {

  @Override
  public String toString() {
    String shape = extents == null ? "of any shape" : extents.toString();
    return name + " " + type + " " + shape;
  }
}
