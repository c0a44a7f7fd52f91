package io.github.trimaran.examples.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A JSON object that came from outside: its fields are asked for by name and type, and what is
 * wrong with one is said in one line.
 *
 * <pre>{@code
 * String label = request.json().text("label");
 * int steps = request.json().integer("iterations", 1, 1_000, 200);
 * }</pre>
 */
public final class JsonBody {

  private final JsonNode node;

  JsonBody(JsonNode node) {
    this.node = node;
  }

  /** Whether a field is there. */
  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  /** A text that must be there. */
  public String text(String name) throws HttpProblem {
    JsonNode value = node.get(name);
    if (value == null || !value.isTextual()) {
      throw wrong(name, "a text");
    }
    return value.textValue();
  }

  /** A text, or that one. */
  public String text(String name, String otherwise) throws HttpProblem {
    return has(name) ? text(name) : otherwise;
  }

  /** Yes or no, or that one. */
  public boolean bool(String name, boolean otherwise) throws HttpProblem {
    if (!has(name)) {
      return otherwise;
    }
    JsonNode value = node.get(name);
    if (!value.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return value.booleanValue();
  }

  /** A whole number within bounds, or that one. */
  public int integer(String name, int least, int most, int otherwise) throws HttpProblem {
    if (!has(name)) {
      return otherwise;
    }
    JsonNode value = node.get(name);
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw wrong(name, "a whole number from " + least + " to " + most);
    }
    return value.intValue();
  }

  /** A number within bounds, or that one. */
  public double number(String name, double least, double most, double otherwise)
      throws HttpProblem {
    if (!has(name)) {
      return otherwise;
    }
    JsonNode value = node.get(name);
    if (!value.isNumber() || !(value.doubleValue() >= least && value.doubleValue() <= most)) {
      throw wrong(name, "a number from " + least + " to " + most);
    }
    return value.doubleValue();
  }

  /**
   * One of these texts, or that one.
   *
   * @param choices in lower case, as people write them
   */
  public String choice(String name, List<String> choices, String otherwise) throws HttpProblem {
    String value = text(name, otherwise);
    if (!choices.contains(value)) {
      throw wrong(name, "one of " + String.join(", ", choices));
    }
    return value;
  }

  /** Bytes in base64, if the field is there. */
  public Optional<byte[]> bytes(String name) throws HttpProblem {
    if (!has(name)) {
      return Optional.empty();
    }
    try {
      byte[] value = node.get(name).binaryValue();
      if (value == null) {
        throw wrong(name, "bytes in base64");
      }
      return Optional.of(value);
    } catch (IOException e) {
      throw wrong(name, "bytes in base64");
    }
  }

  private static HttpProblem wrong(String name, String expected) {
    return new HttpProblem(HttpProblem.BAD_REQUEST, "'" + name + "' must be " + expected);
  }
}
