package io.github.trimaran.examples.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/**
 * A JSON object that came from outside: its fields are asked for by name and type, and what is
 * wrong with one is said in one line.
 *
 * <pre>{@code
 * String label = request.json().text("label");
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
