package io.github.trimaran.onnx.file;

import io.github.trimaran.array.HostArray;
import java.util.List;
import java.util.Map;

/**
 * One operation of a graph.
 *
 * <pre>{@code
 * long axis = node.integer("axis", 1);
 * }</pre>
 *
 * @param name its name, made of its operator and place where the file has none
 * @param operator the operator: {@code "Conv"}; {@code "com.example.Foo"} for those that are not
 *     ONNX's own
 * @param inputs what it takes, by name; empty for an optional one left out
 * @param outputs what it gives, by name; empty for one that nobody wants
 * @param attributes its settings, by name
 */
public record Node(
    String name,
    String operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, Attribute> attributes) {

  /** Whether the attribute is there. */
  public boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  private Object value(String attribute, Object otherwise) {
    Attribute found = attributes.get(attribute);
    return found == null ? otherwise : found.value();
  }

  /** An integer attribute, or its default. */
  public long integer(String attribute, long otherwise) {
    return (Long) value(attribute, otherwise);
  }

  /** Whether an integer attribute, or its default, is not 0. */
  public boolean flag(String attribute, boolean otherwise) {
    return integer(attribute, otherwise ? 1 : 0) != 0;
  }

  /** A float attribute, or its default. */
  public double number(String attribute, double otherwise) {
    Attribute found = attributes.get(attribute);
    return found == null ? otherwise : (Float) found.value();
  }

  /** A text attribute, or its default. */
  public String text(String attribute, String otherwise) {
    return (String) value(attribute, otherwise);
  }

  /** An attribute of integers, or its default. */
  public long[] integers(String attribute, long... otherwise) {
    return ((long[]) value(attribute, otherwise)).clone();
  }

  /** An attribute of floats, or null. */
  public float[] floats(String attribute) {
    return (float[]) value(attribute, null);
  }

  /** An attribute of texts, or none. */
  @SuppressWarnings("unchecked") // Kinds were checked when the file was read.
  public List<String> texts(String attribute) {
    return (List<String>) value(attribute, List.of());
  }

  /** A tensor attribute, or null. */
  public HostArray tensor(String attribute) {
    return (HostArray) value(attribute, null);
  }

  @Override
  public String toString() {
    return operator + " '" + name + "'";
  }
}
